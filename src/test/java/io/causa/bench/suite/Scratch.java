package io.causa.bench.suite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What a run leaves behind: nothing. */
final class Scratch {

  private Scratch() {}

  /** Ends all processes of a run, and then removes its directory. */
  static void clear(Lab lab) {
    lab.close();
    delete(lab.scratch());
  }

  /** Removes a directory with all in it. */
  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException gone) {
      System.err.println("bench: could not remove " + directory + ": " + gone);
    }
  }
}
