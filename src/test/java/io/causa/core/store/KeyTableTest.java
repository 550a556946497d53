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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Pages come from the index and are exact; what is counted is what stands. */
class KeyTableTest {

  private static final Replica A = new Replica("a", 1);
  private static final Replica B = new Replica("b", 1);

  private static final KeyState VALUE = KeyState.first(put("k"));
  private static final KeyState DELETED = KeyState.first(delete("k"));
  private static final KeyState VALUE_LOST =
      new KeyState(delete("k"), List.of(new KeyVersion(new Dot(B, 1), 1, value("k"), 0)));
  private static final KeyState DELETE_LOST =
      new KeyState(
          put("k"), List.of(new KeyVersion(new Dot(B, 1), 1, new Mutation.Delete("k"), 0)));
  private static final List<KeyState> STATES = List.of(VALUE, DELETED, VALUE_LOST, DELETE_LOST);

  /** The states of a store whose keys are all deleted but two; who walks over them is told off. */
  private static final class NotToBeWalked extends ConcurrentSkipListMap<String, KeyState> {
    private NotToBeWalked() {
      put("a", VALUE);
      for (int i = 0; i < 1000; i++) {
        put("gone-%03d".formatted(i), DELETED);
      }
      put("z", VALUE);
    }

    @Override
    public ConcurrentNavigableMap<String, KeyState> tailMap(String from, boolean inclusive) {
      throw new AssertionError("walks over the states of deleted keys");
    }
  }

  @Example
  void aPageDoesNotWalkOverDeletedKeys() {
    KeyTable table = new KeyTable(new NotToBeWalked());
    assertThat(table.keys("", "", 9)).containsExactly("a", "z");
    assertThat(table.keys("", "a", 9)).containsExactly("z");
    assertThat(table.keys("gone", "", 9)).isEmpty();
  }

  @Property
  void pagesAndCountsAreThoseOfTheStates(
      @ForAll @Size(max = 40) List<@IntRange(max = 7) Integer> changes,
      @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> kinds) {
    Map<String, KeyState> expected = new TreeMap<>();
    KeyTable table = new KeyTable(new ConcurrentSkipListMap<>());
    for (int i = 0; i < Math.min(changes.size(), kinds.size()); i++) {
      String key = "k" + changes.get(i);
      Optional<KeyState> old = Optional.ofNullable(expected.get(key));
      if (kinds.get(i) == STATES.size()) {
        expected.remove(key);
        assertThat(table.remove(key)).isEqualTo(old);
      } else {
        expected.put(key, STATES.get(kinds.get(i)));
        assertThat(table.put(key, STATES.get(kinds.get(i)))).isEqualTo(old);
      }
    }

    assertIs(table, expected);
    assertIs(table.copy(), expected);
    assertIs(KeyTable.of(expected), expected);
  }

  @Example
  void aCopyChangesAlone() {
    KeyTable table = KeyTable.of(Map.of("k", DELETE_LOST));
    KeyTable copy = table.copy();
    copy.remove("k");
    assertIs(table, Map.of("k", DELETE_LOST));
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
    assertThat(table.keys("", "", Integer.MAX_VALUE)).isEqualTo(live);
    assertThat(table.conflicts())
        .isEqualTo((int) expected.values().stream().filter(s -> !s.losers().isEmpty()).count());
    assertThat(table.dataBytes())
        .isEqualTo(
            expected.entrySet().stream()
                .mapToLong(e -> DataSize.of(e.getKey(), e.getValue()))
                .sum());
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
