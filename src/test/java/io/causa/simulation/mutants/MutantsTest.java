package io.causa.simulation.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No mutant is stale, and the hunt catches what is easy to catch; the whole hunt is a command. */
class MutantsTest {

  private static final Path SOURCES = Path.of("src", "main", "java");

  @Test
  void everyMutantAppliesToTheSourcesAsTheyAre() throws IOException {
    for (Mutant mutant : Mutants.all()) {
      String source = Files.readString(SOURCES.resolve(mutant.file()));

      assertThat(mutant.applyTo(source)).as(mutant.name()).isNotEqualTo(source);
    }
  }

  @Test
  void namesAreUniqueAndEveryMutantSaysWhyItIsWrong() {
    assertThat(Mutants.all())
        .hasSizeGreaterThanOrEqualTo(20)
        .extracting(Mutant::name)
        .doesNotHaveDuplicates();
    assertThat(Mutants.all()).allSatisfy(mutant -> assertThat(mutant.why()).isNotBlank());
  }

  @Test
  void aMutantWhoseOriginalIsGoneOrThereTwiceIsStale() {
    Mutant mutant = new Mutant("example", "for this test", "Example.java", "a  b", "c");

    assertThat(mutant.applyTo("x a\n   b y")).isEqualTo("x c y");
    assertThatIllegalStateException().isThrownBy(() -> mutant.applyTo("a c"));
    assertThatIllegalStateException().isThrownBy(() -> mutant.applyTo("a b a b"));
  }

  @Test
  void theHuntCatchesAMutantAndNamesTheBrokenPromise() throws Exception {
    List<Mutant> one =
        Mutants.all().stream().filter(m -> m.name().equals("no-lamport-merge")).toList();
    List<MutantHunt.Catch> reported = new ArrayList<>();

    new MutantHunt(1, 50).hunt(one, 1, reported::add);

    assertThat(reported).singleElement().matches(MutantHunt.Catch::isCaught);
    assertThat(reported.get(0).rule()).isEqualTo("lamport");
  }
}
