package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that a replica knows of one key: the visible version, and the concurrent versions that lost
 * to it.
 *
 * <p>The versions of a key are those that no applied write has seen and overwritten, as in Dynamo's
 * siblings. Their highest {@link KeyVersion#timestamp()} is visible (last writer wins); the others
 * stay in sight until a write that has seen them replaces them. Each replica contributes at most
 * one, as its later write has seen its earlier one; so the list is bounded by the number of
 * replicas, and the state depends only on the set of applied writes, not on their order.
 */
public sealed interface KeyState permits KeyVersion, Siblings {

  /**
   * Returns the state of a key with these versions.
   *
   * @param losers the latest first
   */
  static KeyState of(KeyVersion visible, List<KeyVersion> losers) {
    return losers.isEmpty() ? visible : new Siblings(visible, losers);
  }

  /** Returns the key that all versions are of. */
  String key();

  /** Returns the version that reads return; it may be a tombstone. */
  KeyVersion visible();

  /** Returns the versions concurrent with the visible one and with one another, latest first. */
  List<KeyVersion> losers();

  /** Returns all versions, the visible one first. */
  List<KeyVersion> versions();

  /** Returns the versions, visible or not, that a write with these dependencies has not seen. */
  List<KeyVersion> concurrentWith(VersionVector seen);

  /** Whether this is one of the versions. */
  boolean has(KeyVersion version);

  /** Whether nothing but tombstones is left: no version, visible or not, has a value. */
  default boolean isDeleted() {
    return visible().isTombstone() && losers().stream().allMatch(KeyVersion::isTombstone);
  }

  /** Returns the dots of all versions; a replica has at most one. */
  default VersionVector dots() {
    return VersionVector.of(versions().stream().map(KeyVersion::dot).toList());
  }

  /** What the state counts against limits of bytes: roughly its size in a message. */
  default int sizeBytes() {
    int bytes = 0;
    for (KeyVersion version : versions()) {
      bytes += version.sizeBytes();
    }
    return bytes;
  }

  /**
   * Returns the state of a key after a write that is delivered causally.
   *
   * @param present the state before; null if the key has none
   * @param seen the dependencies of the arriving write: versions among them are succeeded, all
   *     others conflict with it
   */
  static KeyState after(KeyState present, KeyVersion arriving, VersionVector seen) {
    List<KeyVersion> unseen = present == null ? List.of() : present.concurrentWith(seen);
    return after(unseen, arriving);
  }

  /**
   * Returns the state of a key after a write that is delivered causally.
   *
   * @param unseen what {@link #concurrentWith} tells of the state before
   */
  static KeyState after(List<KeyVersion> unseen, KeyVersion arriving) {
    if (unseen.isEmpty()) {
      return arriving;
    }
    List<KeyVersion> versions = new ArrayList<>(unseen);
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
  static Optional<KeyState> join(
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
  default KeyState with(UnaryOperator<KeyVersion> renamed) {
    return latestFirst(new ArrayList<>(versions().stream().map(renamed).toList()));
  }

  private static KeyState latestFirst(List<KeyVersion> versions) {
    versions.sort((a, b) -> b.timestamp().compareTo(a.timestamp()));
    return of(versions.get(0), versions.subList(1, versions.size()));
  }
}
