package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.core.DataSize;
import io.causa.core.KeyState;
import io.causa.core.store.KeyStates;
import io.causa.engine.api.BufferView;
import io.causa.engine.api.StoreView;
import io.causa.replication.view.PeerView;
import io.causa.simulation.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every queue and buffer of a node keeps within its limit, at every moment. */
final class Limits {

  /** A single held write may be larger than the limit of a small run. */
  private static final long MOST_HELD_WRITE_BYTES = Workload.MOST_WRITE_BYTES + 8192;

  private static final int MOST_RECOUNTED_KEYS = 20;

  private Limits() {}

  /** To be called after each turn of the delivery loop. */
  static void check(SimulatedNode node, SimulationOptions options) {
    BufferView buffer = node.buffer();
    StoreView store = node.status();
    require(node, "held writes", buffer.heldWrites(), options.buffer().writes());
    require(node, "held bytes", buffer.heldBytes(), options.buffer().bytes());
    require(node, "parked requests", store.parkedRequests(), options.store().parkedRequests());
    require(node, "writes held for clients", store.reservedHeld(), options.store().heldWrites());
    require(
        node,
        "bytes held for clients",
        store.held().bytes(),
        Math.max(options.store().heldBytes(), MOST_HELD_WRITE_BYTES));
  }

  /** To be called when writes are sent. */
  static void checkWindows(SimulatedNode node, SimulationOptions options) {
    for (PeerView peer : node.peers().peers()) {
      int batchBytes = options.replication().batchBytes();
      long mostBytes =
          options.replication().windowBytes()
              - batchBytes
              + Math.max(batchBytes, Workload.MOST_WRITE_BYTES);
      require(node, "bytes in flight to " + peer.replica(), peer.inFlightBytes(), mostBytes);
    }
  }

  /** The data is no larger than it may be, and counted right; after each commit. */
  static void checkData(SimulatedNode node, SimulationOptions options) {
    KeyStates states = node.states();
    long most = options.store().data().withReserveBytes();
    require(node, "bytes of data", states.dataBytes(), Math.max(most, node.foundBytes()));
    if (states.size() <= MOST_RECOUNTED_KEYS) {
      recount(node.self(), states);
    }
  }

  private static void recount(Replica self, KeyStates states) {
    long bytes = 0;
    int conflicts = 0;
    List<String> live = new ArrayList<>();
    for (Map.Entry<String, KeyState> key : all(states).entrySet()) {
      bytes += DataSize.of(key.getValue());
      conflicts += key.getValue().losers().isEmpty() ? 0 : 1;
      if (!key.getValue().visible().isTombstone()) {
        live.add(key.getKey());
      }
    }
    same("data-count", self, "bytes of data", states.dataBytes(), bytes);
    same("conflict-count", self, "keys with conflicts", states.conflicts(), conflicts);
    same("key-index", self, "keys with a value", states.keys("", "", Integer.MAX_VALUE), live);
  }

  private static SortedMap<String, KeyState> all(KeyStates states) {
    SortedMap<String, KeyState> all = new TreeMap<>();
    states.forEach(all::put);
    return all;
  }

  private static void same(String check, Replica self, String what, Object told, Object is) {
    if (!told.equals(is)) {
      throw new Verdict(check, self + " tells of " + told + " " + what + ", and has " + is);
    }
  }

  private static void require(SimulatedNode node, String what, long value, long limit) {
    if (value > limit) {
      throw new Verdict("limits", node.self() + " has " + value + " " + what + " over " + limit);
    }
  }
}
