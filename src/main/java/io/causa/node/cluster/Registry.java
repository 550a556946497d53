package io.causa.node.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.multimap.MultiMap;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The event-bus addresses of all nodes, as Vert.x keeps them in Hazelcast. Blocks: for worker
 * threads only.
 */
final class Registry {
  static final String ADDRESSES = "__vertx.subs";
  static final String NODES = "__vertx.nodeInfo";

  private final MultiMap<String, HazelcastRegistrationInfo> addresses;
  private final IMap<String, ?> nodes;

  Registry(HazelcastInstance hazelcast) {
    addresses = hazelcast.getMultiMap(ADDRESSES);
    nodes = hazelcast.getMap(NODES);
  }

  /** Whether others can connect to that node, and so make any use of its addresses. */
  boolean knows(String node) {
    return nodes.containsKey(node);
  }

  boolean has(String address, RegistrationInfo info) {
    return addresses.containsEntry(address, new HazelcastRegistrationInfo(info));
  }

  /** Those nodes in it that are none of these. */
  Set<String> strangers(Collection<String> members) {
    Set<String> strangers = new TreeSet<>();
    addresses.values().forEach(each -> strangers.add(each.unwrap().nodeId()));
    strangers.removeAll(members);
    return strangers;
  }

  /** Removes all addresses of these nodes. */
  void remove(Set<String> nodes) {
    for (Map.Entry<String, HazelcastRegistrationInfo> each : addresses.entrySet()) {
      if (nodes.contains(each.getValue().unwrap().nodeId())) {
        addresses.remove(each.getKey(), each.getValue());
      }
    }
  }
}
