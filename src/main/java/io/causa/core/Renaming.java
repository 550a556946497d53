package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;

/**
 * Gives the last own writes of a replica to its next generation, under dots that nobody has used.
 *
 * <p>Right only while no other replica has one of these writes; then none of theirs can depend on
 * them.
 *
 * @param old the replica
 * @param fresh its next generation
 * @param trusted the last write that keeps its dot
 */
public record Renaming(Replica old, Replica fresh, long trusted) {

  public Write rename(Write write) {
    return new Write(
        rename(write.dot()),
        write.lamport(),
        rename(write.dependencies()),
        write.mutations(),
        write.wallTimeMillis());
  }

  /** Returns the state with its versions in their new order: replicas break ties of times. */
  public KeyState rename(KeyState state) {
    return state.with(this::rename);
  }

  public KeyVersion rename(KeyVersion version) {
    return new KeyVersion(
        rename(version.dot()), version.lamport(), version.mutation(), version.wallTimeMillis());
  }

  public VersionVector rename(VersionVector vector) {
    long last = vector.get(old);
    if (last <= trusted || vector.isBelowBase(old)) {
      return vector;
    }
    VersionVector kept = vector.without(old).with(rename(new Dot(old, last)));
    return trusted == 0 ? kept : kept.with(new Dot(old, trusted));
  }

  private Dot rename(Dot dot) {
    boolean moves = dot.replica().equals(old) && dot.sequence() > trusted;
    return moves ? new Dot(fresh, dot.sequence() - trusted) : dot;
  }
}
