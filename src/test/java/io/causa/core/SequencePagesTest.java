package io.causa.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequencePagesTest {

  private static final Replica ORIGIN = new Replica("a", 1);

  private final SequencePages pages = new SequencePages();

  /** With few sequences most pages are full, with many most hold one write. */
  @ParameterizedTest
  @ValueSource(ints = {40, 400, 100_000})
  void holdsWhatASortedMapHolds(int sequences) {
    NavigableMap<Long, Write> model = new TreeMap<>();
    Random random = new Random(sequences);
    for (int i = 0; i < 3000; i++) {
      long sequence = 1 + random.nextInt(sequences);
      if (model.containsKey(sequence)) {
        model.remove(sequence);
        assertThat(pages.remove(sequence)).isEqualTo(10 * sequence);
      } else {
        model.put(sequence, write(sequence));
        pages.put(sequence, model.get(sequence), 10 * sequence);
      }
      long asked = 1 + random.nextInt(sequences);
      assertThat(pages.get(asked)).isSameAs(model.get(asked));
      assertThat(pages.ceiling(asked)).isEqualTo(optional(model.ceilingKey(asked)));
    }
    assertThat(pages.between(1, Dot.MAX_SEQUENCE, 5000)).containsExactlyElementsOf(model.values());
    model.keySet().forEach(pages::remove);
    assertThat(pages.isEmpty()).isTrue();
  }

  @Test
  void aPartIsBetweenItsEndsAndNoLongerThanAskedFor() {
    List.of(1L, 15L, 16L, 17L, 300L, 301L).forEach(this::put);

    assertThat(pages.between(15, 300, 9))
        .containsExactly(write(15), write(16), write(17), write(300));
    assertThat(pages.between(2, 301, 2)).containsExactly(write(15), write(16));
    assertThat(pages.between(18, 299, 9)).isEmpty();
  }

  @Test
  void anotherFormOfAWriteCountsAsTheFirstDid() {
    put(5);
    pages.replaceAll(write -> write(5, 99));

    assertThat(pages.get(5).lamport()).isEqualTo(99);
    assertThat(pages.remove(5)).isEqualTo(50);
  }

  private void put(long sequence) {
    pages.put(sequence, write(sequence), 10 * sequence);
  }

  private static OptionalLong optional(Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static Write write(long sequence) {
    return write(sequence, 1);
  }

  private static Write write(long sequence, long lamport) {
    VersionVector before =
        sequence == 1 ? VersionVector.EMPTY : VersionVector.of(new Dot(ORIGIN, sequence - 1));
    Mutation put = new Mutation.Put("key", Value.text("value"));
    return new Write(new Dot(ORIGIN, sequence), lamport, before, List.of(put), 0);
  }
}
