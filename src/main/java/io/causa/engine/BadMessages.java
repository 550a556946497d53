package io.causa.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the messages that were dropped, and logs them: no more than once a minute for each sender.
 * Most are dropped because no node of this cluster would send them.
 *
 * <p>Thread-safe. Bound: {@link #MOST_SENDERS} senders by name; the others are counted as one.
 */
public final class BadMessages {

  /** How many senders are told from one another. */
  static final int MOST_SENDERS = 64;

  /** Stands for the sender of a message that does not name one. */
  public static final String UNNAMED = "(unnamed)";

  /** All senders beyond those that are told from one another. */
  static final String OTHERS = "(others)";

  private static final Logger LOG = LoggerFactory.getLogger(BadMessages.class);
  private static final long LOG_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Why a message was dropped. */
  public enum Reason {
    /** Its body is no bytes, or it wants a reply, or its bytes are no message of Causa. */
    FOREIGN,
    /** It is of a node that runs another version. */
    OTHER_VERSION,
    /** It is not as it was sent. */
    DAMAGED,
    /** It is as it was sent, and breaks a rule of its form. */
    MALFORMED,
    /** It came to an address where such messages are not sent. */
    MISPLACED,
    /** It claims what only this node could say. */
    FORGED,
    /** It names more replicas than are let in. */
    TOO_MANY_REPLICAS,
    /** It is sound, and came while too many others waited for their turn. */
    TOO_MANY_WAIT;

    /** As people read it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** How many messages of one sender were dropped for one reason. */
  public record Count(String sender, Reason reason, long messages) {}

  private static final class Sender {
    final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
    long unlogged;
    long loggedNanos;
    boolean isLogged;
  }

  private final LongSupplier nanos;
  private final Map<String, Sender> senders = new LinkedHashMap<>();

  /**
   * @param nanos any clock in nanoseconds that does not go back
   */
  public BadMessages(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * A message was dropped.
   *
   * @param sender who it says sent it
   * @param detail what is wrong with it, for people
   */
  public synchronized void dropped(String sender, Reason reason, String detail) {
    boolean isTold = senders.containsKey(sender) || senders.size() < MOST_SENDERS;
    String name = isTold ? sender : OTHERS;
    Sender of = senders.computeIfAbsent(name, first -> new Sender());
    of.counts.merge(reason, 1L, Long::sum);
    of.unlogged++;
    long now = nanos.getAsLong();
    if (!of.isLogged || now - of.loggedNanos >= LOG_PAUSE_NANOS) {
      LOG.warn(
          "{} messages of {} were dropped since the last line; this one is {}: {}",
          of.unlogged,
          name,
          reason.text(),
          detail);
      of.isLogged = true;
      of.loggedNanos = now;
      of.unlogged = 0;
    }
  }

  /** What was dropped since the start. */
  public synchronized List<Count> counts() {
    List<Count> counts = new ArrayList<>();
    senders.forEach(
        (name, sender) ->
            sender.counts.forEach(
                (reason, messages) -> counts.add(new Count(name, reason, messages))));
    return counts;
  }
}
