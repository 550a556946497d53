package io.causa.replication;

import io.causa.replication.Action.CheckRegistrations;
import io.causa.replication.Action.Rejoin;
import io.causa.replication.Action.Renew;
import io.causa.replication.message.Channel;
import io.causa.replication.view.RegistrationHealth;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Notices that messages do not get here, or not from here to a peer, although the processes live:
 * after a split of the cluster registrations may be lost, or those of dead members stay.
 *
 * <p>Three signs: the cluster does not confirm a channel of this replica, however often it is asked
 * (to send to oneself proves nothing: what finds no address at all is delivered locally); a peer is
 * heard by what it tells everybody, but never by what it tells this replica; sending to a peer that
 * is heard fails again and again. Each is counted rather than timed, so that a process that stood
 * still does not suspect itself. The cure is to register anew. It comes ever more rarely while the
 * signs stay: they may as well mean a link that is cut in one direction, and then it does not help.
 *
 * <p>Owner: the replication loop. Bound: one entry for each name that was ever met.
 */
final class RegistrationMonitor {

  static final int MISSED_CHECKS = 3;

  /** In intervals between presences; longer than a cluster needs that counts dead members out. */
  static final int UNANSWERED_CHECKS = 30;

  static final int UNANSWERED_PRESENCES = 5;
  static final int FAILED_SENDS = 5;
  static final int RENEWALS_BEFORE_REJOIN = 3;

  /** A member that dies and comes back at once fails for a while until the cluster forgets it. */
  static final int FAILING_SILENCES = 5;

  /** The pause after the first cure and the longest one, in intervals between presences. */
  static final int LEAST_PAUSE = 3;

  static final int MOST_PAUSE = 6;

  /** Sends to a peer that failed while the peer was heard. */
  private record Failing(int times, long sinceMillis, long lastMillis) {}

  private final Peers peers;
  private final ReplicationSettings settings;
  private final Outbox outbox;
  private final Map<Channel, Integer> missed = new EnumMap<>(Channel.class);
  private final Map<String, Integer> unanswered = new TreeMap<>();
  private final Map<String, Failing> failing = new TreeMap<>();
  private long checkDueMillis;
  private boolean checking;
  private int overdue;
  private long cureDueMillis = Long.MIN_VALUE;
  private int curesInARow;
  private long renewals;
  private long rejoins;

  RegistrationMonitor(Peers peers, ReplicationSettings settings, Outbox outbox) {
    this.peers = peers;
    this.settings = settings;
    this.outbox = outbox;
  }

  /** The answer to {@link CheckRegistrations}: what the cluster knows this replica by. */
  void registered(Set<Channel> known) {
    overdue = 0;
    checking = false;
    for (Channel channel : Channel.values()) {
      int before = missed.getOrDefault(channel, 0);
      missed.put(channel, known.contains(channel) ? 0 : before + 1);
    }
  }

  /** A peer was heard. */
  void heard(Channel channel, String peer) {
    if (channel == Channel.PRESENCE) {
      unanswered.merge(peer, 1, Integer::sum);
    } else {
      unanswered.put(peer, 0);
    }
  }

  /** A message for that peer could not be sent. */
  void unsent(String peer, long nowMillis) {
    Failing before = failing.getOrDefault(peer, new Failing(0, nowMillis, nowMillis));
    failing.put(peer, new Failing(before.times() + 1, before.sinceMillis(), nowMillis));
  }

  /** Time has passed: cures what is lasting, and asks the cluster again. */
  void look(long nowMillis) {
    failing.entrySet().removeIf(peer -> isOver(peer.getKey(), peer.getValue(), nowMillis));
    String trouble = trouble(nowMillis);
    if (!trouble.isEmpty() && nowMillis >= cureDueMillis) {
      cure(trouble, nowMillis);
    } else if (trouble.isEmpty() && nowMillis >= cureDueMillis + pauseMillis()) {
      curesInARow = 0;
    }
    check(nowMillis);
  }

  RegistrationHealth health(long nowMillis) {
    return new RegistrationHealth(trouble(nowMillis), renewals, rejoins);
  }

  /** One question at a time: a cluster that is splitting may take long to answer. */
  private void check(long nowMillis) {
    if (nowMillis < checkDueMillis) {
      return;
    }
    checkDueMillis = nowMillis + settings.presenceIntervalMillis();
    if (checking) {
      overdue++;
    } else {
      checking = true;
      outbox.add(new CheckRegistrations());
    }
  }

  private void cure(String trouble, long nowMillis) {
    boolean unconfirmed = curesInARow >= RENEWALS_BEFORE_REJOIN && lostChannel().isPresent();
    boolean rejoin = unconfirmed || isUnanswered();
    curesInARow++;
    cureDueMillis = nowMillis + pauseMillis();
    missed.clear();
    unanswered.clear();
    failing.clear();
    overdue = 0;
    if (rejoin) {
      checking = false;
      rejoins++;
      outbox.add(new Rejoin(trouble));
    } else {
      renewals++;
      outbox.add(new Renew(trouble));
    }
  }

  /** Doubles with every cure that did not help. */
  private long pauseMillis() {
    long pauses = LEAST_PAUSE;
    for (int i = 1; i < curesInARow && pauses < MOST_PAUSE; i++) {
      pauses *= 2;
    }
    return Math.min(pauses, MOST_PAUSE) * settings.presenceIntervalMillis();
  }

  private String trouble(long nowMillis) {
    if (isUnanswered()) {
      return "the cluster does not say what this node is registered for";
    }
    return lostChannel()
        .map(channel -> "the cluster does not confirm this node's registration for " + channel)
        .or(
            () ->
                first(unanswered, times -> times >= UNANSWERED_PRESENCES)
                    .map(peer -> peer + " says to all that it lives, and nothing to this node"))
        .or(
            () ->
                first(failing, sends -> isLasting(sends, nowMillis))
                    .map(peer -> peer + " is heard, and nothing can be sent to it"))
        .orElse("");
  }

  private boolean isUnanswered() {
    return overdue >= UNANSWERED_CHECKS;
  }

  private Optional<Channel> lostChannel() {
    return missed.entrySet().stream()
        .filter(channel -> channel.getValue() >= MISSED_CHECKS)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean isLasting(Failing sends, long nowMillis) {
    return sends.times() >= FAILED_SENDS
        && nowMillis - sends.sinceMillis() > FAILING_SILENCES * settings.silentAfterMillis();
  }

  private boolean isOver(String peer, Failing sends, long nowMillis) {
    boolean isSilent = peers.find(peer).map(known -> known.isSilent(nowMillis)).orElse(true);
    return isSilent || nowMillis - sends.lastMillis() > settings.silentAfterMillis();
  }

  private static <T> Optional<String> first(Map<String, T> byPeer, Predicate<T> wanted) {
    return byPeer.entrySet().stream()
        .filter(entry -> wanted.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
