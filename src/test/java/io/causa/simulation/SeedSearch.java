package io.causa.simulation;

import java.util.Optional;

/**
 * Looks for the first seed that breaks a promise. Speaks only in types of the JDK, so that it can
 * be called across class loaders.
 */
public final class SeedSearch {

  private SeedSearch() {}

  /**
   * @return how many seeds it took, the broken promise, and what is wrong; empty if none failed
   */
  public static String[] firstFailure(long firstSeed, int seeds) {
    for (int i = 0; i < seeds; i++) {
      long seed = firstSeed + i;
      Optional<Failure> found =
          Run.play(Plan.of(seed), false)
              .failure()
              .or(() -> IdentityRun.play(seed))
              .or(() -> NamesakeRun.play(seed))
              .or(() -> RetirementRun.play(seed))
              .or(() -> ForgottenWriteRun.play(seed));
      if (found.isPresent()) {
        Failure failure = found.get();
        return new String[] {Integer.toString(i + 1), failure.rule(), failure.text()};
      }
    }
    return new String[0];
  }
}
