package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All that a replica knows of one key: the visible version, and the concurrent versions that lost
 * to it.
 *
 * <p>The versions of a key are those that no applied write has seen and overwritten, as in Dynamo's
 * siblings. Their highest {@link KeyVersion#timestamp()} is visible (last writer wins); the others
 * stay in sight until a write that has seen them replaces them. Each replica contributes at most
 * one, as its later write has seen its earlier one; so the list is bounded by the number of
 * replicas, and the state depends only on the set of applied writes, not on their order.
 *
 * @param visible the version that reads return; may be a tombstone
 * @param losers concurrent with the visible version and with one another, the latest first
 */
public record KeyState(KeyVersion visible, List<KeyVersion> losers) {

  public KeyState {
    losers = List.copyOf(losers);
  }

  /** Returns the state of a key after its first write. */
  public static KeyState first(KeyVersion version) {
    return new KeyState(version, List.of());
  }

  /** Whether nothing but tombstones is left: no version, visible or not, has a value. */
  public boolean isDeleted() {
    return visible.isTombstone() && losers.stream().allMatch(KeyVersion::isTombstone);
  }

  /** Returns the dots of all versions; a replica has at most one. */
  public VersionVector dots() {
    Stream<KeyVersion> versions = Stream.concat(Stream.of(visible), losers.stream());
    return VersionVector.of(versions.map(KeyVersion::dot).toList());
  }

  boolean has(KeyVersion version) {
    return visible.equals(version) || losers.contains(version);
  }

  /**
   * Returns the state of a key after a write that is delivered causally.
   *
   * @param present the state before; null if the key has none
   * @param seen the dependencies of the arriving write: versions among them are succeeded, all
   *     others conflict with it
   */
  public static KeyState after(KeyState present, KeyVersion arriving, VersionVector seen) {
    List<KeyVersion> versions =
        present == null ? List.of() : new ArrayList<>(present.concurrentWith(seen));
    if (versions.isEmpty()) {
      return first(arriving);
    }
    versions.add(arriving);
    return latestFirst(versions);
  }

  /**
   * Returns the state of a key that has applied what two replicas have: a version stays if both
   * hold it, or if the other one has never seen it.
   *
   * @param covered what the replica has applied whose state is {@code ours}
   * @param theirCovered what the replica has applied whose state is {@code theirs}
   * @return empty if no version stays
   */
  public static Optional<KeyState> join(
      Optional<KeyState> ours,
      VersionVector covered,
      Optional<KeyState> theirs,
      VersionVector theirCovered) {
    List<KeyVersion> left = ours.map(KeyState::versions).orElse(List.of());
    List<KeyVersion> right = theirs.map(KeyState::versions).orElse(List.of());
    List<KeyVersion> stay = new ArrayList<>(left);
    stay.removeIf(version -> theirCovered.covers(version.dot()) && !right.contains(version));
    right.stream().filter(version -> !covered.covers(version.dot())).forEach(stay::add);
    return stay.isEmpty() ? Optional.empty() : Optional.of(latestFirst(stay));
  }

  /** Returns the state with versions that have other dots now; their order may change with them. */
  KeyState with(UnaryOperator<KeyVersion> renamed) {
    return latestFirst(new ArrayList<>(versions().stream().map(renamed).toList()));
  }

  private static KeyState latestFirst(List<KeyVersion> versions) {
    versions.sort((a, b) -> b.timestamp().compareTo(a.timestamp()));
    return new KeyState(versions.get(0), versions.subList(1, versions.size()));
  }

  /** All versions, the visible one first. */
  public List<KeyVersion> versions() {
    List<KeyVersion> versions = new ArrayList<>(losers.size() + 1);
    versions.add(visible);
    versions.addAll(losers);
    return versions;
  }

  /** What the state counts against limits of bytes: roughly its size in a message. */
  public int sizeBytes() {
    return versions().stream().mapToInt(KeyVersion::sizeBytes).sum();
  }

  /** Returns the versions, visible or not, that a write with these dependencies has not seen. */
  public List<KeyVersion> concurrentWith(VersionVector seen) {
    List<KeyVersion> unseen = new ArrayList<>(losers.size() + 1);
    if (!seen.covers(visible.dot())) {
      unseen.add(visible);
    }
    for (KeyVersion loser : losers) {
      if (!seen.covers(loser.dot())) {
        unseen.add(loser);
      }
    }
    return unseen;
  }
}
