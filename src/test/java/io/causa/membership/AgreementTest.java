package io.causa.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final Replica A = new Replica("a", 1);
  private static final Replica B = new Replica("b", 1);
  private static final Replica C = new Replica("c", 1);
  private static final Replica C_AGAIN = new Replica("c", 2);
  private static final Capabilities NOW = understands(4, "bases", "x");
  private static final Capabilities BEFORE = Capabilities.UNSAID;
  private static final Roster ALL = Roster.EMPTY.declare(A).declare(B).declare(C);

  @Provide
  Arbitrary<Map<Replica, Capabilities>> said() {
    return Arbitraries.maps(Arbitraries.of(A, B, C, C_AGAIN), capabilities()).ofMaxSize(4);
  }

  @Provide
  Arbitrary<Capabilities> capabilities() {
    return Combinators.combine(
            Arbitraries.integers().between(3, 6), Arbitraries.of("bases", "x", "y").set())
        .as((latest, features) -> understands(latest, features.toArray(String[]::new)));
  }

  @Provide
  Arbitrary<Roster> rosters() {
    return Arbitraries.of(A, B, C, C_AGAIN)
        .set()
        .flatMap(
            declared ->
                Arbitraries.of(A, B, C, C_AGAIN)
                    .set()
                    .map(
                        forgotten -> {
                          Roster roster = Roster.EMPTY;
                          for (Replica replica : declared) {
                            roster = roster.declare(replica);
                          }
                          for (Replica replica : forgotten) {
                            roster = roster.forget(replica);
                          }
                          return roster;
                        }));
  }

  /** The definition, spelled out: each member was heard to say it, and this replica knows it. */
  @Property
  void aFeatureIsAgreedIfEveryMemberSaidThatItKnowsIt(
      @ForAll("rosters") Roster roster, @ForAll("said") Map<Replica, Capabilities> said) {
    Agreement agreement = agreement(roster, said);

    for (String feature : List.of("bases", "x", "y")) {
      boolean all =
          roster.members().stream()
              .filter(member -> !member.equals(A))
              .allMatch(
                  member ->
                      said.containsKey(member) && said.get(member).features().contains(feature));
      assertThat(agreement.features().contains(feature))
          .isEqualTo(NOW.features().contains(feature) && all);
    }
    assertThat(agreement.version()).isBetween(3, NOW.latest());
  }

  /** Who says more never takes anything away; who joins never adds anything. */
  @Property
  void itGrowsWithWhatIsSaidAndShrinksWithTheMembers(
      @ForAll("rosters") Roster roster,
      @ForAll("said") Map<Replica, Capabilities> said,
      @ForAll("capabilities") Capabilities more) {
    Agreement before = agreement(roster, said);
    Map<Replica, Capabilities> moreSaid = new HashMap<>(said);
    moreSaid.merge(B, more, Capabilities::join);
    Agreement after = agreement(roster, moreSaid);

    assertThat(after.features()).containsAll(before.features());
    assertThat(after.version()).isGreaterThanOrEqualTo(before.version());
    assertThat(before.heldBackBy()).containsAll(after.heldBackBy());
    Agreement joined = agreement(roster.declare(new Replica("d", 1)), said);
    assertThat(before.features()).containsAll(joined.features());
    assertThat(joined.features()).isEmpty();
  }

  @Property
  void nobodyHoldsBackIffAllThatIsKnownHereIsAgreed(
      @ForAll("rosters") Roster roster, @ForAll("said") Map<Replica, Capabilities> said) {
    Agreement agreement = agreement(roster, said);

    assertThat(agreement.heldBackBy().isEmpty())
        .isEqualTo(
            agreement.features().equals(NOW.features()) && agreement.version() == NOW.latest());
    assertThat(roster.members()).containsAll(agreement.heldBackBy());
  }

  @Test
  void aMemberThatNeverSaidItHoldsBack() {
    Agreement agreement = agreement(ALL, Map.of(B, NOW));

    assertThat(agreement.features()).isEmpty();
    assertThat(agreement.version()).isEqualTo(3);
    assertThat(agreement.heldBackBy()).containsExactly(C);
  }

  @Test
  void aForgottenMemberDoesNot() {
    Agreement agreement = agreement(ALL.forget(C), Map.of(B, NOW, C, BEFORE));

    assertThat(agreement.has(Feature.BASES)).isTrue();
    assertThat(agreement.version()).isEqualTo(4);
    assertThat(agreement.heldBackBy()).isEmpty();
  }

  /** What an earlier generation of a name said does not speak for the present one. */
  @Test
  void aNewGenerationHasToSayItItself() {
    Agreement agreement = agreement(ALL.declare(C_AGAIN), Map.of(B, NOW, C, NOW));

    assertThat(agreement.has(Feature.BASES)).isFalse();
    assertThat(agreement.heldBackBy()).containsExactly(C_AGAIN);
  }

  @Test
  void aReplicaAloneAgreesWithItself() {
    Agreement agreement = agreement(Roster.EMPTY, Map.of());

    assertThat(agreement.features()).isEqualTo(NOW.features());
    assertThat(agreement.heldBackBy()).isEmpty();
  }

  @Property
  void whatIsSaidOfOneRunIsJoinedInAnyOrder(
      @ForAll("capabilities") Capabilities one,
      @ForAll("capabilities") Capabilities two,
      @ForAll("capabilities") Capabilities three) {
    assertThat(one.join(two)).isEqualTo(two.join(one));
    assertThat(one.join(two).join(three)).isEqualTo(one.join(two.join(three)));
    assertThat(one.join(one)).isEqualTo(one);
    assertThat(one.join(Capabilities.UNSAID)).isEqualTo(one);
  }

  private static Agreement agreement(Roster roster, Map<Replica, Capabilities> said) {
    return Agreement.of(A, NOW, roster, member -> Optional.ofNullable(said.get(member)));
  }

  private static Capabilities understands(int latest, String... features) {
    return new Capabilities(3, latest, new TreeSet<>(Set.of(features)));
  }
}
