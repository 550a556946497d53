package io.causa.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * How a load program talks to the suite: each line on its standard input is a question of numbers,
 * answered by one line {@code RESULT …}. The program ends when its input does.
 */
final class Questions {

  /** Answers one question. */
  interface Answerer {
    String answer(String[] question) throws Exception;
  }

  private Questions() {}

  static void serve(Answerer answerer) throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      try {
        System.out.println("RESULT " + answerer.answer(line.split(" ")));
      } catch (Exception failed) {
        failed.printStackTrace();
        Runtime.getRuntime().halt(1);
      }
    }
    Runtime.getRuntime().halt(0);
  }
}
