package io.causa.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteTest {

  private static final Replica A = new Replica("a", 1);
  private static final Replica B = new Replica("b", 1);
  private static final Mutation DELETE = new Mutation.Delete("k");

  @Test
  void aWriteDependsOnTheWriteBeforeItAndOnNoLaterOneOfItsOrigin() {
    VersionVector itself = VersionVector.of(new Dot(A, 2));
    assertThatThrownBy(() -> write(new Dot(A, 2), 1, itself, DELETE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.1:2 after {a.1=2}");
    assertThatThrownBy(() -> write(new Dot(A, 2), 1, VersionVector.EMPTY, DELETE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.1:2 after {}");
  }

  @Test
  void lamportTimeStartsAtOne() {
    assertThatThrownBy(() -> write(new Dot(A, 1), 0, VersionVector.EMPTY, DELETE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Lamport time starts at 1, not 0 in a.1:1");
  }

  @Test
  void aWriteChangesAtLeastOneKey() {
    assertThatThrownBy(() -> write(new Dot(A, 1), 1, VersionVector.EMPTY))
        .hasMessage("a write changes at least one key");
    assertThatThrownBy(() -> new Proposal(1, List.of(), 0))
        .hasMessage("a write changes at least one key");
  }

  @Test
  void aWriteChangesNoKeyTwice() {
    Mutation put = new Mutation.Put("k", Value.text("v"));
    assertThatThrownBy(() -> write(new Dot(A, 1), 1, VersionVector.EMPTY, put, DELETE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a write changes a key once, not twice: \"k\"");
    assertThatThrownBy(() -> new Proposal(1, List.of(put, DELETE), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWriteKeepsItsOwnCopyOfItsMutations() {
    List<Mutation> mutations = new ArrayList<>(List.of(DELETE));
    Write write = new Write(new Dot(A, 1), 1, VersionVector.EMPTY, mutations, 0);
    mutations.clear();
    assertThat(write.mutations()).containsExactly(DELETE);
  }

  @Test
  void aWriteIsDeliverableOnceRightBehindItsCauses() {
    Write write = write(new Dot(A, 2), 3, VersionVector.of(new Dot(A, 1), new Dot(B, 4)), DELETE);
    assertThat(write.isDeliverableAt(VersionVector.of(new Dot(A, 1), new Dot(B, 3)))).isFalse();
    assertThat(write.isDeliverableAt(VersionVector.of(new Dot(B, 4)))).isFalse();
    assertThat(write.isDeliverableAt(VersionVector.of(new Dot(A, 1), new Dot(B, 4)))).isTrue();
    assertThat(write.isDeliverableAt(VersionVector.of(new Dot(A, 1), new Dot(B, 9)))).isTrue();
    assertThat(write.isDeliverableAt(VersionVector.of(new Dot(A, 2), new Dot(B, 4)))).isFalse();
  }

  @Test
  void aLargerValueMakesALargerWrite() {
    assertThat(sizeOf("v".repeat(1_000)) - sizeOf("")).isEqualTo(1_000);
  }

  private static int sizeOf(String value) {
    Mutation put = new Mutation.Put("k", Value.text(value));
    return write(new Dot(A, 1), 1, VersionVector.EMPTY, put).sizeBytes();
  }

  private static Write write(
      Dot dot, long lamport, VersionVector dependencies, Mutation... mutations) {
    return new Write(dot, lamport, dependencies, List.of(mutations), 0);
  }
}
