package io.causa.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import org.junit.jupiter.api.Test;

/** What waits for a dot is found by the dot, and leaves no trace. */
class DotIndexTest {

  private static final Replica A = new Replica("a", 1);

  private final DotIndex<String> index = new DotIndex<>();

  @Test
  void aReachedDotReleasesTheEarlierOnesToo() {
    index.add(new Dot(A, 2), "second");
    index.add(new Dot(A, 1), "first");
    index.add(new Dot(A, 3), "third");
    assertThat(index.release(new Dot(A, 2))).containsExactly("first", "second");
    assertThat(index.isEmpty()).isFalse();
    assertThat(index.release(new Dot(A, 3))).containsExactly("third");
    assertThat(index.isEmpty()).isTrue();
  }

  @Test
  void anItemIsTakenOutOnce() {
    index.add(new Dot(A, 1), "one");
    index.add(new Dot(A, 1), "other");
    assertThat(index.remove(new Dot(A, 1), "one")).isTrue();
    assertThat(index.remove(new Dot(A, 1), "one")).isFalse();
    assertThat(index.remove(new Dot(A, 2), "other")).isFalse();
    assertThat(index.remove(new Dot(new Replica("b", 1), 1), "other")).isFalse();
    assertThat(index.isEmpty()).isFalse();
    assertThat(index.remove(new Dot(A, 1), "other")).isTrue();
    assertThat(index.isEmpty()).isTrue();
  }
}
