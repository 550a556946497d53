package io.causa.core.store;

import io.causa.core.DataSize;
import io.causa.core.KeyState;
import io.causa.core.snapshot.StatesInOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All keys with their states, and what is counted of them.
 *
 * <p>Keys with a value stand apart from deleted ones. So a page of keys costs O(log n) and its own
 * length, however many tombstones lie between its keys.
 *
 * <p>One thread changes the table, and any thread reads it, without locks.
 */
public final class KeyTable implements StatesInOrder {

  private final SortedStates live;
  private final SortedStates deleted;
  private volatile long moves;
  private volatile long dataBytes;
  private volatile int conflicts;

  /** An empty table. */
  public KeyTable() {
    this(new SortedStates(), new SortedStates());
  }

  /** A table over these, which have no states yet. */
  KeyTable(SortedStates live, SortedStates deleted) {
    this.live = live;
    this.deleted = deleted;
  }

  private KeyTable(KeyTable table) {
    this.live = new SortedStates(table.live);
    this.deleted = new SortedStates(table.deleted);
    this.dataBytes = table.dataBytes;
    this.conflicts = table.conflicts;
  }

  /** Returns a table of its own with these states; quick if they are those of another table. */
  static KeyTable of(Map<String, KeyState> states) {
    if (states instanceof StatesView view) {
      return view.table().copy();
    }
    KeyTable table = new KeyTable();
    states.values().forEach(table::put);
    return table;
  }

  /** Returns the table as it is now, to be changed elsewhere; nobody changes it meanwhile. */
  KeyTable copy() {
    return new KeyTable(this);
  }

  /** Gives the state's key this state; returns the one before, null if there was none. */
  public KeyState put(KeyState state) {
    SortedStates now = isLive(state) ? live : deleted;
    KeyState old = now.put(state);
    if (old == null) {
      old = leave(now == live ? deleted : live, state.key());
    }
    count(old, state);
    return old;
  }

  /** Forgets the key; returns its state before, null if it had none. */
  KeyState remove(String key) {
    KeyState old = live.remove(key);
    if (old == null) {
      old = deleted.remove(key);
    }
    count(old, null);
    return old;
  }

  /** The key has its new place already, so it is always in one of them at least. */
  private KeyState leave(SortedStates former, String key) {
    moves++;
    return former.remove(key);
  }

  /** A null stands for no state. */
  private void count(KeyState old, KeyState now) {
    dataBytes += DataSize.growth(old, now);
    conflicts += conflicts(now) - conflicts(old);
  }

  private static int conflicts(KeyState state) {
    return state != null && !state.losers().isEmpty() ? 1 : 0;
  }

  private static boolean isLive(KeyState state) {
    return !state.visible().isTombstone();
  }

  /**
   * See {@link io.causa.core.ReadView#get}; null if there is none. A key that moved while it was
   * looked for is looked for again.
   */
  @Override
  public KeyState get(String key) {
    KeyState state;
    long before;
    do {
      before = moves;
      state = live.get(key);
      if (state == null) {
        state = deleted.get(key);
      }
    } while (state == null && before != moves);
    return state;
  }

  @Override
  public KeyState first() {
    return MergedStates.lower(live.first(), deleted.first());
  }

  @Override
  public KeyState after(String key) {
    return MergedStates.lower(live.higher(key), deleted.higher(key));
  }

  /** See {@link io.causa.core.ReadView#keys}. */
  List<String> keys(String prefix, String after, int limit) {
    boolean fromPrefix = after.compareTo(prefix) < 0;
    Iterator<KeyState> states = fromPrefix ? live.from(prefix, true) : live.from(after, false);
    List<String> page = new ArrayList<>();
    while (page.size() < limit && states.hasNext()) {
      String key = states.next().key();
      if (!key.startsWith(prefix)) {
        break;
      }
      page.add(key);
    }
    return page;
  }

  /** Shows the states of all keys of which nothing but tombstones is left. */
  void forEachDeleted(Consumer<KeyState> action) {
    for (Iterator<KeyState> states = deleted.iterator(); states.hasNext(); ) {
      KeyState state = states.next();
      if (state.isDeleted()) {
        action.accept(state);
      }
    }
  }

  /** Walks over all states in the order of their keys. */
  Iterator<KeyState> iterator() {
    return new MergedStates(live.iterator(), deleted.iterator());
  }

  /** Returns how many keys have a state. */
  int size() {
    return live.size() + deleted.size();
  }

  /** Returns what all states occupy, in bytes: the sum of {@link DataSize} over all keys. */
  public long dataBytes() {
    return dataBytes;
  }

  /** Returns how many keys have concurrent versions that lost. */
  int conflicts() {
    return conflicts;
  }

  /** Returns all states by key, in their order, to look at while nobody changes them. */
  public Map<String, KeyState> states() {
    return new StatesView(this);
  }
}
