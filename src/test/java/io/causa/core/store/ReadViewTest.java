package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.ReadView;
import io.causa.core.Value;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What readers on other threads may rely on, and pages of keys. */
class ReadViewTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final int WRITES = 50_000;

  /**
   * Every write puts its own sequence into a cause and then, as a second write, into an effect. A
   * reader that goes from the vector to the keys must find at least what the vector says; one that
   * goes from the effect to the cause, never an effect without its cause.
   */
  @Test
  void aReaderOnAnotherThreadNeverSeesLessThanTheVectorSaysNorAnEffectWithoutItsCause()
      throws Exception {
    KeyStates states = new KeyStates();
    CommitPipeline pipeline = new CommitPipeline(SELF, states, 0, 10, 1 << 20);
    CompletableFuture<Long> reader =
        CompletableFuture.supplyAsync(() -> readUntil(states, 2L * WRITES));
    for (int i = 1; i <= WRITES; i++) {
      pipeline.propose(proposal("cause", i));
      pipeline.propose(proposal("effect", i));
      pipeline.begin();
      pipeline.complete();
    }
    assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
  }

  private static long readUntil(ReadView view, long last) {
    long reads = 0;
    long applied = 0;
    while (applied < last && !Thread.currentThread().isInterrupted()) {
      applied = view.applied().get(SELF);
      long effect = sequenceOf(view, "effect");
      long cause = sequenceOf(view, "cause");
      assertThat(effect).isGreaterThanOrEqualTo(applied);
      assertThat(cause).isGreaterThanOrEqualTo(effect - 1);
      reads++;
    }
    return reads;
  }

  private static long sequenceOf(ReadView view, String key) {
    return view.get(key).map(state -> state.visible().dot().sequence()).orElse(0L);
  }

  private static Proposal proposal(String key, int value) {
    return new Proposal(
        value, List.of(new Mutation.Put(key, Value.text(String.valueOf(value)))), 0);
  }

  @Test
  void aPageHasTheKeysWithThePrefixBehindTheLastOne() {
    ReadView view = holding("a", "b", "b/1", "b/2", "b/3", "c");
    assertThat(view.keys("b/", "", 2)).containsExactly("b/1", "b/2");
    assertThat(view.keys("b/", "b/2", 2)).containsExactly("b/3");
    assertThat(view.keys("b", "b", 9)).containsExactly("b/1", "b/2", "b/3");
    assertThat(view.keys("b", "", 9)).containsExactly("b", "b/1", "b/2", "b/3");
    assertThat(view.keys("", "", 9)).containsExactly("a", "b", "b/1", "b/2", "b/3", "c");
    assertThat(view.keys("b/", "c", 9)).isEmpty();
    assertThat(view.keys("", "", 0)).isEmpty();
  }

  @Test
  void aDeletedKeyIsOnNoPageButKeepsItsState() {
    KeyStates states =
        new KeyStates(
            VersionVector.of(new Dot(SELF, 1)), Map.of("k", version(new Mutation.Delete("k"))));
    assertThat(states.keys("", "", 9)).isEmpty();
    assertThat(states.size()).isEqualTo(1);
    assertThat(states.get("k").orElseThrow().visible().isTombstone()).isTrue();
  }

  private static ReadView holding(String... keys) {
    return new KeyStates(
        VersionVector.of(new Dot(SELF, 1)),
        Stream.of(keys)
            .collect(
                Collectors.toMap(
                    key -> key, key -> version(new Mutation.Put(key, Value.text("v"))))));
  }

  private static KeyVersion version(Mutation mutation) {
    return new KeyVersion(new Dot(SELF, 1), 1, mutation, 0);
  }
}
