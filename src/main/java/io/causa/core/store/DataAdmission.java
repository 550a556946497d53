package io.causa.core.store;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.DataLimit;
import io.causa.core.DataSize;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Decides which writes a commit may take without the data becoming larger than it may be.
 *
 * <p>Asked when a commit begins, where the state of each key is known: so the count is exact, and
 * no burst of writes can overshoot it. A write that does not make the data larger always passes, a
 * delete of a key that has a state among them. A local write that does not fit is refused. A remote
 * one waits, with all behind it, as their order must stay; it passes together with the writes
 * behind it that make room for it.
 *
 * <p>Owner: the store's loop. Bound: what waits is bounded by what the causal buffer hands over.
 */
final class DataAdmission {

  /** How many waiting writes are looked at for some that make room: bounds the time. */
  static final int MOST_LOOKED_AHEAD = 1000;

  private static final Replica NOBODY = new Replica("nobody", 1);

  private final DataLimit limit;
  private final Deque<Write> waiting = new ArrayDeque<>();

  DataAdmission(DataLimit limit) {
    this.limit = limit;
  }

  DataLimit limit() {
    return limit;
  }

  /** How many remote writes wait for room. */
  int waitingWrites() {
    return waiting.size();
  }

  /** Forgets what need not be applied any more. */
  void removeIf(Predicate<Write> isApplied) {
    waiting.removeIf(isApplied);
  }

  /**
   * Whether a local write may join the commit.
   *
   * @param accepted whether its client was told before that it is held, so that it may take from
   *     the reserve
   */
  boolean admits(Proposal proposal, boolean accepted, CommitBuilder contents) {
    long most = accepted ? limit.withReserveBytes() : limit.bytes();
    if (contents.dataBytes() + DataSize.mostGrowth(proposal.mutations()) <= most) {
      return true;
    }
    long growth = 0;
    for (Mutation mutation : proposal.mutations()) {
      // It will have seen all that is here, so it replaces all of it.
      KeyVersion version = new KeyVersion(new Dot(NOBODY, 1), 1, mutation, 0);
      KeyState present = contents.present(mutation.key());
      growth += DataSize.growth(present, version);
    }
    return growth <= 0 || contents.dataBytes() + growth <= most;
  }

  /** Whether a remote write may join the commit; not before those that wait. */
  boolean admits(Write write, CommitBuilder contents) {
    if (!waiting.isEmpty()) {
      return false;
    }
    long most = limit.withReserveBytes();
    return contents.dataBytes() + DataSize.mostGrowth(write.mutations()) <= most
        || new LookAhead(contents).fits(write);
  }

  /** The next remote write, in causal order, waits for room. */
  void letWait(Write write) {
    waiting.add(write);
  }

  /** Takes out the waiting writes that may join the commit, as it is now. */
  List<Write> take(CommitBuilder contents) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    int fitting = new LookAhead(contents).fitting();
    List<Write> taken = new ArrayList<>(fitting);
    for (int i = 0; i < fitting; i++) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  /** What the data would be after each of the waiting writes. */
  private final class LookAhead {
    private final CommitBuilder contents;
    private final Map<String, KeyState> changed = new HashMap<>();
    private final long before;
    private long after;
    private boolean needsStamp;

    LookAhead(CommitBuilder contents) {
      this.contents = contents;
      before = contents.dataBytes();
      after = before;
    }

    int fitting() {
      int fitting = 0;
      int looked = 0;
      for (Write write : waiting) {
        if (looked - fitting == MOST_LOOKED_AHEAD) {
          break;
        }
        looked++;
        if (fits(write)) {
          fitting = looked;
        }
        if (needsStamp) {
          break;
        }
      }
      return fitting;
    }

    /** Whether all fits once this write is applied behind those before. */
    boolean fits(Write write) {
      write.mutations().forEach(mutation -> apply(write, mutation));
      return !needsStamp && after <= Math.max(before, limit.withReserveBytes());
    }

    private void apply(Write write, Mutation mutation) {
      String key = mutation.key();
      KeyState old = changed.getOrDefault(key, contents.present(key));
      KeyState state = after(write, mutation, old);
      after += DataSize.growth(old, state);
      changed.put(key, state);
    }

    /** An adopted write becomes an own one, which no later write of its origin has seen. */
    private KeyState after(Write write, Mutation mutation, KeyState old) {
      if (old == null && contents.isLate(write)) {
        needsStamp = !contents.mayStamp();
        return new KeyVersion(new Dot(NOBODY, 1), write.lamport(), mutation, 0);
      }
      return KeyState.after(old, KeyVersion.of(write, mutation), write.dependencies());
    }
  }
}
