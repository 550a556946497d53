package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** It is a sorted map, whatever splits and joins; readers on other threads never miss a key. */
class SortedStatesTest {

  private static final Replica A = new Replica("a", 1);

  @Property(tries = 60)
  void isASortedMap(@ForAll Random random, @ForAll @IntRange(min = 1, max = 600) int keys) {
    SortedStates states = new SortedStates();
    NavigableMap<String, KeyState> expected = new TreeMap<>();
    for (int round = 0; round < 4; round++) {
      // Many puts, then many removals: leaves are split, emptied and joined.
      for (int i = 0; i < 2 * keys; i++) {
        String key = key(random.nextInt(keys));
        boolean puts = random.nextInt(10) < (round % 2 == 0 ? 9 : 2);
        KeyState state = state(key, i + 1);
        assertThat(puts ? states.put(state) : states.remove(key))
            .isSameAs(puts ? expected.put(key, state) : expected.remove(key));
        look(states, expected, key(random.nextInt(keys)));
      }
      assertThat(all(states.iterator())).isEqualTo(List.copyOf(expected.values()));
      assertThat(all(new SortedStates(states).iterator()))
          .isEqualTo(List.copyOf(expected.values()));
    }
  }

  private static void look(
      SortedStates states, NavigableMap<String, KeyState> expected, String key) {
    assertThat(states.size()).isEqualTo(expected.size());
    assertThat(states.get(key)).isSameAs(expected.get(key));
    assertThat(states.higher(key)).isSameAs(value(expected.higherEntry(key)));
    assertThat(states.first()).isSameAs(value(expected.firstEntry()));
    Iterator<KeyState> from = states.from(key, true);
    assertThat(from.hasNext() ? from.next() : null).isSameAs(value(expected.ceilingEntry(key)));
  }

  private static KeyState value(Map.Entry<String, KeyState> entry) {
    return entry == null ? null : entry.getValue();
  }

  @Example
  void keysInTheirOrderAndBackwards() {
    SortedStates rising = new SortedStates();
    SortedStates falling = new SortedStates();
    for (int i = 0; i < 1000; i++) {
      rising.put(state(key(i), 1));
      falling.put(state(key(999 - i), 1));
    }
    assertThat(all(rising.iterator())).isEqualTo(all(falling.iterator())).hasSize(1000);
    for (int i = 0; i < 1000; i++) {
      rising.remove(key(i));
      falling.remove(key(999 - i));
    }
    assertThat(all(rising.iterator())).isEmpty();
    assertThat(falling.first()).isNull();
  }

  @Example
  void theEmptyKeyIsAKey() {
    SortedStates states = new SortedStates();
    states.put(state("", 1));
    assertThat(states.get("").key()).isEmpty();
    assertThat(states.higher("")).isNull();
    assertThat(states.from("", true).hasNext()).isTrue();
    assertThat(states.from("", false).hasNext()).isFalse();
  }

  /** Every tenth key stays, while the others come and go and the leaves split and join. */
  @Example
  void aKeyIsFoundWhileItsLeafIsSplitAndJoined() throws Exception {
    SortedStates states = new SortedStates();
    int keys = 70;
    states.put(state(key(keys), 1));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService readers = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> gets =
          readers.submit(reading(done, () -> assertThat(states.get(key(keys))).isNotNull()));
      for (int round = 0; round < 20_000; round++) {
        for (int i = 0; i < keys; i++) {
          states.put(state(key(i), 1));
        }
        for (int i = 0; i < keys; i++) {
          states.remove(key(i));
        }
      }
      done.set(true);
      assertThat(gets.get(30, TimeUnit.SECONDS)).isPositive();
    } finally {
      done.set(true);
      readers.shutdown();
    }
  }

  @Example
  void readersFindWhatStays() throws Exception {
    SortedStates states = new SortedStates();
    int keys = 2000;
    for (int i = 0; i < keys; i += 10) {
      states.put(state(key(i), 1));
    }
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> gets = readers.submit(reading(done, () -> get(states, keys)));
      Future<Integer> walks = readers.submit(reading(done, () -> walk(states, keys)));
      Random random = new Random(7);
      for (int round = 0; round < 30; round++) {
        for (int i = 0; i < keys; i++) {
          int key = random.nextInt(keys);
          if (key % 10 == 0 || round % 2 == 0) {
            states.put(state(key(key), round + 2));
          } else {
            states.remove(key(key));
          }
        }
      }
      done.set(true);
      assertThat(gets.get(30, TimeUnit.SECONDS)).isPositive();
      assertThat(walks.get(30, TimeUnit.SECONDS)).isPositive();
    } finally {
      done.set(true);
      readers.shutdown();
    }
  }

  private static Callable<Integer> reading(AtomicBoolean done, Runnable read) {
    return () -> {
      int rounds = 0;
      do {
        read.run();
        rounds++;
      } while (!done.get());
      return rounds;
    };
  }

  private static void get(SortedStates states, int keys) {
    for (int i = 0; i < keys; i += 10) {
      assertThat(states.get(key(i))).isNotNull();
    }
  }

  private static void walk(SortedStates states, int keys) {
    List<String> seen = new ArrayList<>();
    states.iterator().forEachRemaining(state -> seen.add(state.key()));
    assertThat(seen).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < keys; i += 10) {
      assertThat(seen).contains(key(i));
    }
  }

  private static List<KeyState> all(Iterator<KeyState> states) {
    List<KeyState> all = new ArrayList<>();
    states.forEachRemaining(all::add);
    return all;
  }

  private static String key(int i) {
    return "key-%04d".formatted(i);
  }

  private static KeyState state(String key, int sequence) {
    return new KeyVersion(
        new Dot(A, sequence), sequence, new Mutation.Put(key, Value.text("v")), 0);
  }
}
