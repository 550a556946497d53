package io.causa.replication.link;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.digest;
import static io.causa.replication.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.VersionVector;
import io.causa.replication.link.LinkFaults.Fate;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LinkFaultsTest {

  private static final long SEED = 20;
  private static final PeerMessage DIGEST = digest(A, 1, VersionVector.EMPTY);
  private static final PeerMessage WRITES_OF_A = new WriteBatch(B, true, List.of(write(A, 1)));
  private static final PeerMessage WRITES_OF_BOTH =
      new WriteBatch(B, true, List.of(write(B, 1), write(A, 1)));

  private final RandomGenerator random = new SplittableRandom(SEED);

  @Test
  void withoutRulesAMessageGoesAtOnce() {
    assertThat(fate(DIGEST)).isEqualTo(new Fate(false, List.of(0L)));
  }

  @Test
  void aRuleMatchesItsDirectionOnly() {
    LinkFaultRule rule = rule(Optional.of("a"), Optional.of("b"), Optional.empty(), 5, 0, false);
    LinkFaults faults = new LinkFaults(List.of(rule));

    assertThat(faults.fate("a", "b", DIGEST, random).delaysMillis()).containsExactly(5L);
    assertThat(faults.fate("b", "a", DIGEST, random).delaysMillis()).containsExactly(0L);
    assertThat(faults.fate("a", "c", DIGEST, random).delaysMillis()).containsExactly(0L);
  }

  @Test
  void aRuleWithAnOriginMatchesOnlyBatchesWithItsWrites() {
    LinkFaultRule rule = rule(Optional.empty(), Optional.empty(), Optional.of("a"), 5, 0, false);

    assertThat(fate(WRITES_OF_A, rule).delaysMillis()).containsExactly(5L);
    assertThat(fate(WRITES_OF_BOTH, rule).delaysMillis()).containsExactly(5L);
    assertThat(fate(new WriteBatch(B, false, List.of(write(B, 1))), rule).delaysMillis())
        .containsExactly(0L);
    assertThat(fate(DIGEST, rule).delaysMillis()).containsExactly(0L);
  }

  @Test
  void delaysOfSeveralRulesAddUp() {
    assertThat(fate(DIGEST, delay(5), delay(7)).delaysMillis()).containsExactly(12L);
  }

  @Test
  void anyHoldHolds() {
    LinkFaultRule hold = rule(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, true);

    assertThat(fate(DIGEST, delay(5), hold)).isEqualTo(new Fate(true, List.of()));
  }

  @Test
  void whatIsCertainToBeDroppedIsGone() {
    assertThat(fate(DIGEST, delay(5), chances(1, 1, 0))).isEqualTo(new Fate(false, List.of()));
  }

  @Test
  void twoRulesDropIndependently() {
    LinkFaultRule half = chances(0.5, 0, 0);

    long lost = fates(1000, half, half).stream().filter(f -> f.delaysMillis().isEmpty()).count();

    assertThat(lost).as("seed %d", SEED).isBetween(650L, 850L);
  }

  @Test
  void aDuplicateHasItsOwnJitter() {
    LinkFaultRule jitter =
        new LinkFaultRule(
            Optional.empty(), Optional.empty(), Optional.empty(), 10, 100, 0, 1, 0, false);

    assertThat(fates(100, jitter))
        .allSatisfy(
            fate -> assertThat(fate.delaysMillis()).hasSize(2).allMatch(d -> d >= 10 && d <= 110))
        .anySatisfy(fate -> assertThat(fate.delaysMillis()).doesNotHaveDuplicates());
  }

  @Test
  void aReorderedMessageComesLaterWithinABound() {
    assertThat(fates(100, chances(0, 0, 1)))
        .allSatisfy(
            fate ->
                assertThat(fate.delaysMillis())
                    .singleElement()
                    .satisfies(d -> assertThat(d).isBetween(1L, LinkFaults.REORDER_MILLIS)));
  }

  private Fate fate(PeerMessage message, LinkFaultRule... rules) {
    return new LinkFaults(List.of(rules)).fate("a", "b", message, random);
  }

  private List<Fate> fates(int count, LinkFaultRule... rules) {
    List<Fate> fates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fates.add(fate(DIGEST, rules));
    }
    return fates;
  }

  private static LinkFaultRule delay(long millis) {
    return rule(Optional.empty(), Optional.empty(), Optional.empty(), millis, 0, false);
  }

  private static LinkFaultRule chances(double drop, double duplicate, double reorder) {
    return new LinkFaultRule(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        drop,
        duplicate,
        reorder,
        false);
  }

  private static LinkFaultRule rule(
      Optional<String> from,
      Optional<String> to,
      Optional<String> origin,
      long delayMillis,
      long jitterMillis,
      boolean hold) {
    return new LinkFaultRule(from, to, origin, delayMillis, jitterMillis, 0, 0, 0, hold);
  }

  @Test
  void aRuleReadsLikeASentence() {
    LinkFaultRule rule =
        new LinkFaultRule(
            Optional.of("node1"), Optional.empty(), Optional.of("node1"), 3000, 0, 0.1, 0, 0, true);

    assertThat(rule)
        .hasToString("node1 to any, writes of node1: held, delayed by 3000 ms, dropped with 0.1");
  }
}
