package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.DataSize;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Pages come from the index and are exact; what is counted is what stands. */
class KeyTableTest {

  private static final Replica A = new Replica("a", 1);
  private static final Replica B = new Replica("b", 1);

  private static final int KINDS = 4;

  /** Deleted keys; who walks over them is told off. */
  private static final class NotToBeWalked extends SortedStates {
    @Override
    Iterator<KeyState> from(String key, boolean inclusive) {
      throw new AssertionError("walks over the states of deleted keys");
    }

    @Override
    Iterator<KeyState> iterator() {
      throw new AssertionError("walks over the states of deleted keys");
    }

    @Override
    KeyState higher(String key) {
      throw new AssertionError("walks over the states of deleted keys");
    }
  }

  @Example
  void aPageDoesNotWalkOverDeletedKeys() {
    KeyTable table = new KeyTable(new SortedStates(), new NotToBeWalked());
    table.put(put("a"));
    for (int i = 0; i < 1000; i++) {
      table.put(delete("gone-%03d".formatted(i)));
    }
    table.put(put("z"));
    assertThat(table.keys("", "", 9)).containsExactly("a", "z");
    assertThat(table.keys("", "a", 9)).containsExactly("z");
    assertThat(table.keys("gone", "", 9)).isEmpty();
  }

  @Property
  void pagesAndCountsAreThoseOfTheStates(
      @ForAll @Size(max = 40) List<@IntRange(max = 7) Integer> changes,
      @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> kinds) {
    Map<String, KeyState> expected = new TreeMap<>();
    KeyTable table = new KeyTable();
    for (int i = 0; i < Math.min(changes.size(), kinds.size()); i++) {
      String key = "k" + changes.get(i);
      KeyState old = expected.get(key);
      if (kinds.get(i) == KINDS) {
        expected.remove(key);
        assertThat(table.remove(key)).isEqualTo(old);
      } else {
        KeyState state = state(kinds.get(i), key);
        expected.put(key, state);
        assertThat(table.put(state)).isEqualTo(old);
      }
    }

    assertIs(table, expected);
    assertIs(table.copy(), expected);
    assertIs(KeyTable.of(expected), expected);
  }

  @Example
  void aCopyChangesAlone() {
    KeyState state = state(3, "k");
    KeyTable table = KeyTable.of(Map.of("k", state));
    KeyTable copy = table.copy();
    copy.put(delete("k"));
    copy.remove("k");
    assertIs(table, Map.of("k", state));
    assertIs(copy, Map.of());
  }

  private static void assertIs(KeyTable table, Map<String, KeyState> expected) {
    List<String> live = new ArrayList<>();
    expected.forEach(
        (key, state) -> {
          if (!state.visible().isTombstone()) {
            live.add(key);
          }
        });
    assertThat(table.states()).isEqualTo(expected);
    assertThat(table.states().keySet()).containsExactlyElementsOf(new TreeMap<>(expected).keySet());
    assertThat(table.size()).isEqualTo(expected.size());
    assertThat(table.keys("", "", Integer.MAX_VALUE)).isEqualTo(live);
    assertThat(table.conflicts())
        .isEqualTo((int) expected.values().stream().filter(s -> !s.losers().isEmpty()).count());
    assertThat(table.dataBytes())
        .isEqualTo(expected.entrySet().stream().mapToLong(e -> DataSize.of(e.getValue())).sum());
  }

  private static KeyState state(int kind, String key) {
    KeyVersion other = new KeyVersion(new Dot(B, 1), 1, value(key), 0);
    KeyVersion otherDelete = new KeyVersion(new Dot(B, 1), 1, new Mutation.Delete(key), 0);
    return switch (kind) {
      case 0 -> put(key);
      case 1 -> delete(key);
      case 2 -> KeyState.of(delete(key), List.of(other));
      default -> KeyState.of(put(key), List.of(otherDelete));
    };
  }

  private static KeyVersion put(String key) {
    return new KeyVersion(new Dot(A, 1), 2, value(key), 0);
  }

  private static KeyVersion delete(String key) {
    return new KeyVersion(new Dot(A, 1), 2, new Mutation.Delete(key), 0);
  }

  private static Mutation value(String key) {
    return new Mutation.Put(key, Value.text("v"));
  }
}
