package io.causa.core.snapshot;

import io.causa.core.KeyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Walks over all keys as they were at one instant, slice by slice, while they go on changing.
 *
 * <p>Copy on write, as in the snapshots of file systems: before a key that the walk has not passed
 * changes for the first time, its old state is kept here. So nothing is copied at the begin, and
 * the store's loop never pauses for longer than one slice.
 *
 * <p>Owner: the store's loop. Bound: {@code maxKeptBytes} of old states; beyond it the walk is
 * given up.
 */
public final class SnapshotCut {

  private static final int PASSED_BYTES = 64;

  /** What an old state occupies beside its keys and values. */
  private static final int KEPT_OVERHEAD_BYTES = 256;

  private final StatesInOrder states;
  private final SnapshotInstant instant;
  private final long maxKeptBytes;
  private final Consumer<SnapshotCut> onClose;
  private final NavigableMap<String, Optional<KeyState>> kept = new TreeMap<>();
  private long keptBytes;
  private String passed;
  private boolean givenUp;
  private boolean complete;

  /**
   * @param states all keys; before one changes, {@link #changed} is told, until the cut is closed
   * @param instant now
   * @param onClose is given this cut when its walk has ended
   */
  public SnapshotCut(
      StatesInOrder states,
      SnapshotInstant instant,
      long maxKeptBytes,
      Consumer<SnapshotCut> onClose) {
    this.states = states;
    this.instant = instant;
    this.maxKeptBytes = maxKeptBytes;
    this.onClose = onClose;
  }

  SnapshotInstant instant() {
    return instant;
  }

  /** Whether all keys are passed. */
  boolean isComplete() {
    return complete;
  }

  /** Whether more old states had to be kept than there is room for: the rest cannot be told. */
  boolean isGivenUp() {
    return givenUp;
  }

  /**
   * Keeps what a key was at the instant, as it has changed.
   *
   * @param old its state before; empty if it had none
   */
  public void changed(String key, Optional<KeyState> old) {
    boolean isPassed = passed != null && key.compareTo(passed) <= 0;
    if (isPassed || complete || givenUp || kept.putIfAbsent(key, old) != null) {
      return;
    }
    keptBytes += keptBytes(key, old);
    if (keptBytes > maxKeptBytes) {
      givenUp = true;
      kept.clear();
    }
  }

  /**
   * The next entries.
   *
   * @param maxBytes what they may have together; the first one comes whatever its size
   */
  List<SnapshotEntry> next(int maxBytes) {
    List<SnapshotEntry> slice = new ArrayList<>();
    long bytes = 0;
    for (String key = nextKey(); key != null; key = nextKey()) {
      Optional<KeyState> state = stateThen(key);
      // A key that came later costs time as well, and there may be as many of them as are kept.
      int more = state.map(KeyState::sizeBytes).orElse(PASSED_BYTES);
      if (bytes > 0 && bytes + more > maxBytes) {
        return slice;
      }
      bytes += more;
      if (state.isPresent()) {
        slice.add(new SnapshotEntry(key, state.get()));
      }
      pass(key);
    }
    complete = true;
    return slice;
  }

  /** Ends the walk: the instant is not asked for any more. */
  void close() {
    onClose.accept(this);
  }

  private String nextKey() {
    String live = nextLive();
    String old = passed == null ? firstKey() : kept.higherKey(passed);
    if (live == null || old == null) {
      return live == null ? old : live;
    }
    return live.compareTo(old) <= 0 ? live : old;
  }

  private String nextLive() {
    KeyState next = passed == null ? states.first() : states.after(passed);
    return next == null ? null : next.key();
  }

  private String firstKey() {
    return kept.isEmpty() ? null : kept.firstKey();
  }

  private Optional<KeyState> stateThen(String key) {
    Optional<KeyState> old = kept.get(key);
    return old == null ? Optional.ofNullable(states.get(key)) : old;
  }

  private void pass(String key) {
    passed = key;
    Map.Entry<String, Optional<KeyState>> first = kept.firstEntry();
    if (first != null && first.getKey().equals(key)) {
      kept.pollFirstEntry();
      keptBytes -= keptBytes(key, first.getValue());
    }
  }

  private static long keptBytes(String key, Optional<KeyState> old) {
    return KEPT_OVERHEAD_BYTES + key.length() + old.map(KeyState::sizeBytes).orElse(0);
  }
}
