package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyReading;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a reader has seen, and what it may see while a commit becomes readable. */
class KeyReadingTest {

  private static final Replica A = new Replica("a", 1);
  private static final VersionVector FIRST = VersionVector.of(new Dot(A, 1));
  private final List<KeyReading> readings = new ArrayList<>();
  private final List<VersionVector> vectors = new ArrayList<>();

  @Test
  void aKeyThatWasNeverWrittenShowsNothingButTheVector() {
    KeyStates states = new KeyStates(FIRST, Map.of());
    assertThat(KeyReading.of(states, "k")).isEqualTo(new KeyReading(Optional.empty(), FIRST));
  }

  @Test
  void aReaderBetweenAnyTwoChangesIsToldTheDotOfWhatItSees() {
    KeyStates[] states = new KeyStates[1];
    Runnable reader =
        () -> {
          readings.add(KeyReading.of(states[0], "k"));
          vectors.add(states[0].applied());
        };
    states[0] = new KeyStates(VersionVector.EMPTY, Map.of(), VersionVector.EMPTY, reader);
    Store store = new Store(A, states[0], 0, new StoreLimits(10, 1000, 10));
    store.write(proposal(), VersionVector.EMPTY, 0);
    store.begin();
    store.complete();

    assertThat(vectors).containsExactly(VersionVector.EMPTY, VersionVector.EMPTY);
    assertThat(readings.get(0).state()).isEmpty();
    assertThat(readings.get(0).seen()).isEqualTo(VersionVector.EMPTY);
    assertThat(readings.get(1).state()).isPresent();
    assertThat(readings.get(1).seen()).isEqualTo(FIRST);
    assertThat(states[0].applied()).isEqualTo(FIRST);
  }

  private static Proposal proposal() {
    return new Proposal(1, List.of(new Mutation.Put("k", Value.text("v"))), 0);
  }
}
