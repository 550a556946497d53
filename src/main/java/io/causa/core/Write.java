package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Retirement;
import java.util.List;
import java.util.Objects;

/**
 * One stamped write: atomic, named by one dot, with everything that must be applied before it.
 *
 * @param dot the name of the write
 * @param lamport the origin's Lamport time for it, at least 1
 * @param dependencies the version vector of the origin when it stamped the write; never includes
 *     the write itself, and its entry for the origin is the write before this one
 * @param mutations at least one; no key twice
 * @param wallTimeMillis the origin's wall time in milliseconds since 1970, for people only: no rule
 *     reads it
 */
public record Write(
    Dot dot,
    long lamport,
    VersionVector dependencies,
    List<Mutation> mutations,
    long wallTimeMillis) {

  private static final int OVERHEAD_BYTES = 32;
  private static final int DEPENDENCY_HEAP_BYTES = 16;

  /** What a few dependencies occupy is part of the overhead. */
  private static final int FREE_DEPENDENCIES = 32;

  private static final int DEPENDENCY_BYTES = 12;

  public Write {
    Objects.requireNonNull(dot, "dot");
    Objects.requireNonNull(dependencies, "dependencies");
    mutations = Mutation.ofOneWrite(mutations);
    if (dot.isBase()) {
      throw new IllegalArgumentException("the base " + dot + " names no write");
    }
    if (lamport < 1) {
      throw new IllegalArgumentException("Lamport time starts at 1, not " + lamport + " in " + dot);
    }
    if (dependencies.get(dot.replica()) != dot.sequence() - 1) {
      throw new IllegalArgumentException(
          "a write depends on its origin's writes before it and no later: "
              + dot
              + " after "
              + dependencies);
    }
  }

  public Replica origin() {
    return dot.replica();
  }

  public LamportTimestamp timestamp() {
    return new LamportTimestamp(lamport, dot.replica());
  }

  /**
   * Whether everything this write depends on is included in {@code applied}, and it itself is not.
   */
  public boolean isDeliverableAt(VersionVector applied) {
    return applied.get(dot.replica()) == dot.sequence() - 1 && applied.covers(dependencies);
  }

  /** What a vector of dependencies counts against limits of bytes; nothing if it is short. */
  public static int dependencyBytes(VersionVector dependencies) {
    return Math.max(0, dependencies.size() - FREE_DEPENDENCIES) * DEPENDENCY_BYTES;
  }

  /**
   * Returns about what the write occupies in a log or a buffer in memory. The replicas of its
   * dependencies are known, and named elsewhere as well.
   */
  public long heapBytes() {
    long bytes = HeapSize.WRITE_BYTES + (long) DEPENDENCY_HEAP_BYTES * dependencies.size();
    for (Mutation mutation : mutations) {
      bytes += HeapSize.of(mutation);
    }
    return bytes;
  }

  /**
   * Returns what the write counts against limits of messages and files: roughly its size in a
   * batch, and what its vector of dependencies adds if that is long.
   */
  public int sizeBytes() {
    int bytes = OVERHEAD_BYTES + dependencyBytes(dependencies);
    for (Mutation mutation : mutations) {
      bytes += mutation.sizeBytes();
    }
    return bytes;
  }

  /**
   * Returns the same write, with what it can still wait for as its dependencies. No version of a
   * lost write is ever met, so it replaces the same versions as before.
   */
  public Write cappedBy(Retirement retirement) {
    VersionVector capped = retirement.cap(dependencies);
    return capped.equals(dependencies)
        ? this
        : new Write(dot, lamport, capped, mutations, wallTimeMillis);
  }
}
