package io.causa.core.store;

import io.causa.core.KeyState;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** A table as a map of states by key, in the order of the keys, to look at. */
final class StatesView extends AbstractMap<String, KeyState> {

  private final KeyTable table;

  StatesView(KeyTable table) {
    this.table = table;
  }

  KeyTable table() {
    return table;
  }

  @Override
  public KeyState get(Object key) {
    return key instanceof String text ? table.get(text) : null;
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public Set<Map.Entry<String, KeyState>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, KeyState>> {
    @Override
    public int size() {
      return table.size();
    }

    @Override
    public Iterator<Map.Entry<String, KeyState>> iterator() {
      Iterator<KeyState> states = table.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return states.hasNext();
        }

        @Override
        public Map.Entry<String, KeyState> next() {
          KeyState state = states.next();
          return Map.entry(state.key(), state);
        }
      };
    }
  }
}
