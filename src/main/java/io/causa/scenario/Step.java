package io.causa.scenario;

import io.causa.client.LinkFault;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One step of a scenario. Nodes are named by their place: {@code node1} is the cluster's first. */
sealed interface Step {
  /** Where it stands in the file. */
  int line();

  /** Steps inside this one. */
  default List<Step> inner() {
    return List.of();
  }

  /** The keys that it touches itself. */
  default Collection<String> keys() {
    return List.of();
  }

  /** The same step with other names for the keys that it and its inner steps touch. */
  default Step withKeys(UnaryOperator<String> name) {
    return this;
  }

  private static List<Step> all(List<Step> steps, UnaryOperator<String> name) {
    return steps.stream().map(step -> step.withKeys(name)).toList();
  }

  /**
   * Who sends a request, and how.
   *
   * @param client the session's name; null for somebody new who carries no context
   * @param contextFrom the client whose context is taken over; null for none
   * @param answers the HTTP status that must come
   */
  record Manner(
      String client, String contextFrom, Integer waitSeconds, boolean respondAsync, int answers) {}

  /**
   * @param vc the counts to send over the small JSON interface, relative to the start; null to use
   *     the ordinary one
   */
  record Put(int line, String node, Manner manner, String key, String value, Map<String, Long> vc)
      implements Step {
    @Override
    public Step withKeys(UnaryOperator<String> name) {
      return new Put(line, node, manner, name.apply(key), value, vc);
    }

    @Override
    public List<String> keys() {
      return List.of(key);
    }
  }

  record Delete(int line, String node, Manner manner, String key) implements Step {
    @Override
    public Step withKeys(UnaryOperator<String> name) {
      return new Delete(line, node, manner, name.apply(key));
    }

    @Override
    public List<String> keys() {
      return List.of(key);
    }
  }

  /** A read by a session; the condition holds at most one part, for this key. */
  record Get(int line, String node, Manner manner, String key, Condition expected) implements Step {
    @Override
    public Step withKeys(UnaryOperator<String> name) {
      return new Get(line, node, manner, name.apply(key), expected.withKeys(name));
    }

    @Override
    public List<String> keys() {
      return List.of(key);
    }
  }

  /** What must be so now, at each of the nodes; no nodes means all. */
  record Expect(int line, List<String> nodes, Condition condition) implements Step {
    @Override
    public Step withKeys(UnaryOperator<String> name) {
      return new Expect(line, nodes, condition.withKeys(name));
    }

    @Override
    public Collection<String> keys() {
      return condition.keys();
    }
  }

  /**
   * What must become so.
   *
   * @param withinMillis how long it may take
   * @param afterAtLeastMillis it must not become so earlier than this after the last write was
   *     sent; null for any time
   */
  record WaitUntil(
      int line, List<String> nodes, Condition condition, long withinMillis, Long afterAtLeastMillis)
      implements Step {
    @Override
    public Step withKeys(UnaryOperator<String> name) {
      return new WaitUntil(line, nodes, condition.withKeys(name), withinMillis, afterAtLeastMillis);
    }

    @Override
    public Collection<String> keys() {
      return condition.keys();
    }
  }

  /** Branches that run at the same time, each of them in its order. */
  record Concurrently(int line, List<List<Step>> branches) implements Step {
    @Override
    public Step withKeys(UnaryOperator<String> name) {
      return new Concurrently(line, branches.stream().map(branch -> all(branch, name)).toList());
    }

    @Override
    public List<Step> inner() {
      return branches.stream().flatMap(List::stream).toList();
    }
  }

  record Repeat(int line, int times, List<Step> inner) implements Step {
    @Override
    public Step withKeys(UnaryOperator<String> name) {
      return new Repeat(line, times, all(inner, name));
    }
  }

  /** All link faults, in place of those that were. */
  record Faults(int line, List<LinkFault> rules) implements Step {}

  /** One more link fault. */
  record AddFault(int line, LinkFault rule) implements Step {}

  /** Takes away rules that hold; a null name matches all. */
  record Release(int line, String from, String to, String origin) implements Step {}

  record Heal(int line) implements Step {}

  /** No traffic between the groups. */
  record Partition(int line, List<List<String>> groups) implements Step {}

  /** What can be done to a node's process. */
  enum Action {
    STOP,
    START,
    KILL
  }

  record Control(int line, Action action, String node) implements Step {}

  /**
   * Sessions that go to a random node with each request. A null seed means a new one for each run.
   */
  record RandomSession(
      int line, String client, int operations, int sessions, List<String> keys, Long seed)
      implements Step {
    @Override
    public Step withKeys(UnaryOperator<String> name) {
      return new RandomSession(
          line, client, operations, sessions, keys.stream().map(name).toList(), seed);
    }
  }

  /** A remark. */
  record Say(int line, String text) implements Step {}
}
