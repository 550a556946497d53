package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Write;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WriteRunTest {

  private static final Replica A = new Replica("a", 1);

  /** A positive step adds so many writes, a negative one removes them. */
  @Property(tries = 50)
  void holdsWhatASortedMapWouldHold(
      @ForAll @IntRange(min = 1, max = 9) int first,
      @ForAll @Size(max = 12) List<@IntRange(min = -2500, max = 2500) Integer> steps) {
    WriteRun run = new WriteRun();
    TreeMap<Long, Write> model = new TreeMap<>();
    long next = first;
    boolean removed = true;
    for (int step : steps) {
      for (int i = 0; i < step; i++) {
        Write write = write(next++);
        run.add(write);
        model.put(write.dot().sequence(), write);
      }
      for (int i = 0; i < -step && !model.isEmpty(); i++) {
        removed &= run.removeFirst() == model.pollFirstEntry().getValue();
      }
      assertThat(removed).isTrue();
      assertThat(run.size()).isEqualTo(model.size());
      assertThat(run.isEmpty()).isEqualTo(model.isEmpty());
      for (long from : new long[] {1, next - model.size() / 2, next - 1, next, next + 1}) {
        assertThat(run.from(from)).isEqualTo(List.copyOf(model.tailMap(from).values()));
      }
    }
  }

  @Test
  void refusesAWriteThatDoesNotFollow() {
    WriteRun run = new WriteRun();
    run.add(write(5));

    assertThatThrownBy(() -> run.add(write(7))).hasMessageContaining("a.1:7 does not follow a.1:5");
    assertThatThrownBy(() -> run.add(write(5))).hasMessageContaining("a.1:5 does not follow a.1:5");

    run.removeFirst();
    run.add(write(9));
    assertThat(run.first()).isEqualTo(write(9));
  }

  private static Write write(long sequence) {
    VersionVector before =
        sequence == 1 ? VersionVector.EMPTY : VersionVector.of(new Dot(A, sequence - 1));
    return new Write(
        new Dot(A, sequence), sequence, before, List.of(new Mutation.Delete("key")), 0);
  }
}
