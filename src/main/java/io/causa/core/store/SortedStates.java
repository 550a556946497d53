package io.causa.core.store;

import io.causa.core.KeyState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * States in the order of their keys, a few bytes for each: the leaves of a B-tree, found through a
 * skip list.
 *
 * <p>One thread changes it; any thread reads it, without locks. A state is replaced where it
 * stands. A change of the set of keys makes a new leaf, which takes the place of the old one; the
 * old one stays as it is. So a reader who holds a leaf finds there what was true when it got it.
 *
 * <p>A leaf is found under a key that is at most its first one, the first leaf under the empty key.
 */
class SortedStates {

  /** How many states a leaf has at the most: few to copy, and many to share one index node. */
  private static final int MOST = 64;

  private static final String LEAST_KEY = "";
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(KeyState[].class);

  /** One state's place; the leaf may have been replaced since. */
  private record Position(KeyState[] leaf, int at) {}

  private final ConcurrentSkipListMap<String, KeyState[]> leaves;
  private volatile int size;

  SortedStates() {
    leaves = new ConcurrentSkipListMap<>();
    leaves.put(LEAST_KEY, new KeyState[0]);
  }

  /** A copy of what nobody changes meanwhile. */
  SortedStates(SortedStates original) {
    leaves = new ConcurrentSkipListMap<>(original.leaves);
    leaves.replaceAll((first, leaf) -> leaf.clone());
    size = original.size;
  }

  int size() {
    return size;
  }

  /** Returns the state of the key; null if there is none. */
  KeyState get(String key) {
    Map.Entry<String, KeyState[]> entry = leaves.floorEntry(key);
    while (true) {
      KeyState[] leaf = entry.getValue();
      int at = find(leaf, key);
      if (at >= 0) {
        return at(leaf, at);
      }
      // The map finds a place first and then reads the leaf there. The leaf may have been split
      // between the two: then the key is in the upper half, which has a place of its own.
      Map.Entry<String, KeyState[]> now = leaves.floorEntry(key);
      if (now.getValue() == leaf) {
        return null;
      }
      entry = now;
    }
  }

  /** Walks over the states in their order; what changes meanwhile may be seen or not. */
  Iterator<KeyState> iterator() {
    return new Walk(seek(LEAST_KEY, true));
  }

  /** Walks over the states of this key, if wanted, and of all behind it. */
  Iterator<KeyState> from(String key, boolean inclusive) {
    return new Walk(seek(key, inclusive));
  }

  /** Returns the state of the next key; null if there is none. */
  KeyState higher(String key) {
    Position position = seek(key, false);
    return position == null ? null : at(position.leaf(), position.at());
  }

  /** Returns the state of the first key; null if there is none. */
  KeyState first() {
    Position position = seek(LEAST_KEY, true);
    return position == null ? null : at(position.leaf(), position.at());
  }

  private Position seek(String key, boolean inclusive) {
    Map.Entry<String, KeyState[]> entry = leaves.floorEntry(key);
    while (entry != null) {
      KeyState[] leaf = entry.getValue();
      int at = place(leaf, key, inclusive);
      if (at < leaf.length) {
        return new Position(leaf, at);
      }
      Map.Entry<String, KeyState[]> next = leaves.higherEntry(entry.getKey());
      // What is behind a leaf may have been joined with it since: then it is looked at again.
      boolean isSame = leaves.get(entry.getKey()) == leaf;
      entry = isSame ? next : leaves.floorEntry(key);
    }
    return null;
  }

  private static int place(KeyState[] leaf, String key, boolean inclusive) {
    int at = find(leaf, key);
    if (at < 0) {
      return -at - 1;
    }
    return inclusive ? at : at + 1;
  }

  /** Puts the state in the place of the one that its key has; returns that, null if it had none. */
  KeyState put(KeyState state) {
    Map.Entry<String, KeyState[]> entry = leaves.floorEntry(state.key());
    KeyState[] leaf = entry.getValue();
    int at = find(leaf, state.key());
    if (at >= 0) {
      return (KeyState) PLACE.getAndSet(leaf, at, state);
    }
    insert(entry.getKey(), leaf, -at - 1, state);
    size++;
    return null;
  }

  private void insert(String first, KeyState[] leaf, int at, KeyState state) {
    boolean isAtTheEnd = at == leaf.length && leaves.higherKey(first) == null;
    if (leaf.length == MOST && isAtTheEnd) {
      // Keys that come in their order leave full leaves behind.
      leaves.put(state.key(), new KeyState[] {state});
      return;
    }
    KeyState[] grown = new KeyState[leaf.length + 1];
    System.arraycopy(leaf, 0, grown, 0, at);
    grown[at] = state;
    System.arraycopy(leaf, at, grown, at + 1, leaf.length - at);
    if (grown.length > MOST) {
      KeyState[] upper = Arrays.copyOfRange(grown, grown.length / 2, grown.length);
      leaves.put(upper[0].key(), upper);
      grown = Arrays.copyOf(grown, grown.length / 2);
    }
    leaves.put(first, grown);
  }

  /** Removes the key; returns its state, null if it had none. */
  KeyState remove(String key) {
    Map.Entry<String, KeyState[]> entry = leaves.floorEntry(key);
    KeyState[] leaf = entry.getValue();
    int at = find(leaf, key);
    if (at < 0) {
      return null;
    }
    KeyState[] shrunk = new KeyState[leaf.length - 1];
    System.arraycopy(leaf, 0, shrunk, 0, at);
    System.arraycopy(leaf, at + 1, shrunk, at, shrunk.length - at);
    replace(entry.getKey(), shrunk);
    size--;
    return leaf[at];
  }

  /** Two neighbours that fill half a leaf become one: the upper one goes last. */
  private void replace(String first, KeyState[] leaf) {
    Map.Entry<String, KeyState[]> upper = leaves.higherEntry(first);
    Map.Entry<String, KeyState[]> lower = leaves.lowerEntry(first);
    if (upper != null && leaf.length + upper.getValue().length <= MOST / 2) {
      leaves.put(first, join(leaf, upper.getValue()));
      leaves.remove(upper.getKey());
    } else if (lower != null && leaf.length + lower.getValue().length <= MOST / 2) {
      leaves.put(lower.getKey(), join(lower.getValue(), leaf));
      leaves.remove(first);
    } else {
      leaves.put(first, leaf);
    }
  }

  private static KeyState[] join(KeyState[] lower, KeyState[] upper) {
    KeyState[] joined = Arrays.copyOf(lower, lower.length + upper.length);
    System.arraycopy(upper, 0, joined, lower.length, upper.length);
    return joined;
  }

  private static KeyState at(KeyState[] leaf, int at) {
    return (KeyState) PLACE.getAcquire(leaf, at);
  }

  /**
   * Returns the place of the key in the leaf; as in {@link Arrays#binarySearch} if it is absent.
   */
  private static int find(KeyState[] leaf, String key) {
    int low = 0;
    int high = leaf.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = at(leaf, middle).key().compareTo(key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private final class Walk implements Iterator<KeyState> {
    private Position next;

    Walk(Position first) {
      next = first;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public KeyState next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      KeyState state = at(next.leaf(), next.at());
      boolean isLast = next.at() + 1 == next.leaf().length;
      next = isLast ? seek(state.key(), false) : new Position(next.leaf(), next.at() + 1);
      return state;
    }
  }
}
