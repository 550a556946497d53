package io.causa.simulation.mutants;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A deliberately broken variant of one source file.
 *
 * @param name a few words with hyphens
 * @param why why it is wrong, one sentence
 * @param file below the sources, for example {@code io/causa/core/store/Stamp.java}
 * @param original occurs exactly once in the file; how it is broken into lines does not matter
 * @param replacement takes its place
 */
public record Mutant(String name, String why, String file, String original, String replacement) {

  /**
   * The source of the variant.
   *
   * @throws IllegalStateException if the file does not hold the original exactly once: the mutant
   *     is stale
   */
  String applyTo(String source) {
    Matcher matcher = Pattern.compile(anyLayout(original)).matcher(source);
    long found = matcher.results().count();
    if (found != 1) {
      throw new IllegalStateException(
          "the mutant %s is stale: %s holds its original %d times, not once"
              .formatted(name, file, found));
    }
    return matcher.reset().replaceFirst(Matcher.quoteReplacement(replacement));
  }

  private static String anyLayout(String text) {
    return Arrays.stream(text.strip().split("\\s+"))
        .map(Pattern::quote)
        .collect(Collectors.joining("\\s+"));
  }
}
