package io.causa.replication.link;

import io.causa.clock.Replica;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * One fault on directed links, applied by the sending node. For demonstrations and tests.
 *
 * @param from the sender's name; empty matches all
 * @param to the receiver's name; empty matches all
 * @param origin limits the rule to transfers of that name's writes, by push or pull; empty matches
 *     every message
 * @param delayMillis how much later messages are sent, 0 to 600,000
 * @param jitterMillis how much more at the most, drawn for each message
 * @param drop the probability that a message is lost, 0 to 1
 * @param duplicate the probability that a message is sent twice
 * @param reorder the probability that a message is overtaken by those behind it
 * @param hold whether messages are kept until the rule is gone
 */
public record LinkFaultRule(
    Optional<String> from,
    Optional<String> to,
    Optional<String> origin,
    long delayMillis,
    long jitterMillis,
    double drop,
    double duplicate,
    double reorder,
    boolean hold) {

  public static final long MAX_DELAY_MILLIS = 600_000;

  public LinkFaultRule {
    from.ifPresent(name -> checkName("from", name));
    to.ifPresent(name -> checkName("to", name));
    origin.ifPresent(name -> checkName("origin", name));
    checkMillis("delayMillis", delayMillis);
    checkMillis("jitterMillis", jitterMillis);
    checkProbability("drop", drop);
    checkProbability("duplicate", duplicate);
    checkProbability("reorder", reorder);
  }

  /** As people say it: {@code node1 to node3, writes of node1: held}. */
  @Override
  public String toString() {
    StringJoiner effects = new StringJoiner(", ");
    addEffect(effects, hold, "held");
    addEffect(effects, delayMillis > 0, "delayed by " + delayMillis + " ms");
    addEffect(effects, jitterMillis > 0, "jitter of " + jitterMillis + " ms");
    addEffect(effects, drop > 0, "dropped with " + drop);
    addEffect(effects, duplicate > 0, "duplicated with " + duplicate);
    addEffect(effects, reorder > 0, "reordered with " + reorder);
    return "%s to %s%s: %s"
        .formatted(
            from.orElse("any"),
            to.orElse("any"),
            origin.map(name -> ", writes of " + name).orElse(""),
            effects);
  }

  private static void addEffect(StringJoiner effects, boolean isThere, String effect) {
    if (isThere) {
      effects.add(effect);
    }
  }

  private static void checkName(String field, String name) {
    if (!Replica.isName(name)) {
      throw new IllegalArgumentException(
          field + " is a node's name (a-z, 0-9, -) or *, not \"" + name + "\"");
    }
  }

  private static void checkMillis(String field, long millis) {
    if (millis < 0 || millis > MAX_DELAY_MILLIS) {
      throw new IllegalArgumentException(
          field + " is 0 to " + MAX_DELAY_MILLIS + " milliseconds, not " + millis);
    }
  }

  private static void checkProbability(String field, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          field + " is a probability from 0 to 1, not " + probability);
    }
  }
}
