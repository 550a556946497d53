package io.causa.replication.link;

import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/**
 * Decides what the configured faults do to a message. Several rules that match add up: delays are
 * summed, any hold holds, and each rule draws its own lots.
 *
 * <p>Immutable; randomness is passed in.
 */
public final class LinkFaults {

  /** How much later a message is sent at the most so that those behind it overtake. */
  public static final long REORDER_MILLIS = 200;

  /** No faults. */
  public static final LinkFaults NONE = new LinkFaults(List.of());

  /**
   * What happens to one message.
   *
   * @param held whether it is kept until the rules change, and then judged again
   * @param delaysMillis one entry for each copy that is sent, after so many milliseconds; none if
   *     the message is held or lost
   */
  public record Fate(boolean held, List<Long> delaysMillis) {
    private static final Fate HELD = new Fate(true, List.of());
    private static final Fate LOST = new Fate(false, List.of());
    private static final Fate UNHARMED = new Fate(false, List.of(0L));

    public Fate {
      delaysMillis = List.copyOf(delaysMillis);
    }
  }

  private final List<LinkFaultRule> rules;

  public LinkFaults(List<LinkFaultRule> rules) {
    this.rules = List.copyOf(rules);
  }

  public List<LinkFaultRule> rules() {
    return rules;
  }

  /** What happens to this message on the link between the two names. */
  public Fate fate(String from, String to, PeerMessage message, RandomGenerator random) {
    List<LinkFaultRule> matching =
        rules.stream().filter(rule -> matches(rule, from, to, message)).toList();
    if (matching.isEmpty()) {
      return Fate.UNHARMED;
    }
    if (matching.stream().anyMatch(LinkFaultRule::hold)) {
      return Fate.HELD;
    }
    if (draw(matching.stream().map(LinkFaultRule::drop).toList(), random)) {
      return Fate.LOST;
    }
    boolean twice = draw(matching.stream().map(LinkFaultRule::duplicate).toList(), random);
    List<Long> delays = new ArrayList<>(Collections.nCopies(twice ? 2 : 1, 0L));
    delays.replaceAll(none -> delayMillis(matching, random));
    return new Fate(false, delays);
  }

  private static boolean matches(LinkFaultRule rule, String from, String to, PeerMessage message) {
    return matches(rule.from(), from)
        && matches(rule.to(), to)
        && rule.origin().map(origin -> carries(message, origin)).orElse(true);
  }

  private static boolean matches(Optional<String> wanted, String name) {
    return wanted.map(name::equals).orElse(true);
  }

  private static boolean carries(PeerMessage message, String origin) {
    if (message instanceof SnapshotChunk chunk) {
      return StreamSupport.stream(chunk.instant().vector().spliterator(), false)
          .anyMatch(last -> last.replica().name().equals(origin));
    }
    return message instanceof WriteBatch batch
        && batch.writes().stream().anyMatch(write -> write.origin().name().equals(origin));
  }

  /** Whether at least one of several independent chances comes true. */
  private static boolean draw(List<Double> chances, RandomGenerator random) {
    boolean drawn = false;
    for (double chance : chances) {
      drawn |= random.nextDouble() < chance;
    }
    return drawn;
  }

  private static long delayMillis(List<LinkFaultRule> matching, RandomGenerator random) {
    long millis = 0;
    for (LinkFaultRule rule : matching) {
      millis += rule.delayMillis();
      millis += rule.jitterMillis() > 0 ? random.nextLong(rule.jitterMillis() + 1) : 0;
      millis += random.nextDouble() < rule.reorder() ? 1 + random.nextLong(REORDER_MILLIS) : 0;
    }
    return millis;
  }
}
