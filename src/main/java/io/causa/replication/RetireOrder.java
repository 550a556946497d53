package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Roster;
import io.causa.membership.Roster.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides whether former generations may be ordered to end where they end here: all members must be
 * heard, and have just the same writes of them.
 *
 * <p>Owner: the replication loop.
 */
final class RetireOrder {

  /** The generations of a name that are to end together. */
  private record Ending(String name, long below, List<Dot> last) {

    Endings endings() {
      return Endings.of(last, below > 0 ? Map.of(name, below) : Map.of(), Map.of());
    }
  }

  private final Replica self;
  private final Membership membership;
  private final Progress progress;
  private final Peers peers;
  private final BooleanSupplier basesAreAgreed;

  RetireOrder(
      Replica self,
      Membership membership,
      Progress progress,
      Peers peers,
      BooleanSupplier basesAreAgreed) {
    this.basesAreAgreed = basesAreAgreed;
    this.self = self;
    this.membership = membership;
    this.progress = progress;
    this.peers = peers;
  }

  /** Orders that a generation ends, and all earlier ones of its name with it. */
  RetireOutcome order(Replica former, long nowMillis) {
    Roster roster = membership.known();
    if (roster.isMember(former)) {
      return new RetireOutcome.Current(former);
    }
    long last =
        roster.ended().isBelow(former)
            ? roster.ended().last(former)
            : progress.applied().get(former);
    if (last == 0) {
      return new RetireOutcome.Unknown(former);
    }
    Dot end = new Dot(former, last);
    if (roster.ended().isBelow(former)) {
      return new RetireOutcome.Retired(end);
    }
    List<String> reasons = order(ending(former.name(), former.generation() + 1), nowMillis);
    return reasons.isEmpty()
        ? new RetireOutcome.Retired(end)
        : new RetireOutcome.Unsettled(end, reasons);
  }

  /**
   * Orders that all generations of the own name before this one end, and those after it that wrote,
   * if that may be.
   */
  void orderOwnFormer(long nowMillis) {
    order(ending(self.name(), Replica.MAX_GENERATION), nowMillis);
  }

  /** All generations of the name before that one; a member and what follows it stays out. */
  private Ending ending(String name, long end) {
    Roster roster = membership.known();
    long member =
        roster
            .find(name)
            .filter(entry -> entry.status() == Status.MEMBER)
            .map(entry -> entry.replica().generation())
            .orElse(Long.MAX_VALUE);
    List<Dot> last = new ArrayList<>();
    for (Dot here : progress.applied()) {
      Replica replica = here.replica();
      boolean isMeant = replica.name().equals(name) && replica.generation() < end;
      if (isMeant && !roster.isMember(replica) && !roster.ended().isBelow(replica)) {
        last.add(here);
      }
    }
    // Nodes of the version before know generations that end one by one only.
    long below = basesAreAgreed.getAsBoolean() ? Math.min(end, member) : 0;
    return new Ending(name, below > roster.ended().below(name) ? below : 0, last);
  }

  private List<String> order(Ending ending, long nowMillis) {
    Roster roster = membership.known();
    Endings order = ending.endings();
    if (roster.ordered().join(order).equals(roster.ordered())) {
      return List.of();
    }
    List<String> reasons = reasons(ending, roster, nowMillis);
    if (reasons.isEmpty()) {
      membership.retire(order);
    }
    return reasons;
  }

  private List<String> reasons(Ending ending, Roster roster, long nowMillis) {
    List<String> reasons = new ArrayList<>();
    if (roster.ended().size() + ending.last().size() > Endings.MOST_LISTED) {
      reasons.add(
          "the cluster keeps in mind %d ended generations at the most"
              .formatted(Endings.MOST_LISTED));
    }
    Differences differences = new Differences(ending, roster.ended().below(ending.name()));
    differences
        .of(progress.received())
        .ifPresent(
            other ->
                reasons.add(
                    "%s has received writes%s up to %d"
                        .formatted(
                            self, differences.whose(other), progress.received().get(other))));
    for (Replica member : membership.others(roster)) {
      reason(member, differences, nowMillis).ifPresent(reasons::add);
    }
    // Who is no member yet may have writes, too, and become one with them.
    for (Peer peer : peers.all()) {
      boolean hasMore = differences.more(peer.received()) || differences.more(peer.applied());
      if (!roster.isMember(peer.replica()) && hasMore) {
        reason(peer, differences).ifPresent(reasons::add);
      }
    }
    return reasons;
  }

  private Optional<String> reason(Replica member, Differences differences, long nowMillis) {
    Optional<Peer> met =
        peers.find(member).filter(peer -> peer.isDigested() && !peer.isSilent(nowMillis));
    return met.isEmpty() ? Optional.of(member + " is not heard") : reason(met.get(), differences);
  }

  private static Optional<String> reason(Peer peer, Differences differences) {
    return differences
        .of(peer.received())
        .or(() -> differences.of(peer.applied()))
        .map(
            other ->
                "%s has received writes%s up to %d and applied them up to %d"
                    .formatted(
                        peer.replica(),
                        differences.whose(other),
                        peer.received().get(other),
                        peer.applied().get(other)));
  }

  /**
   * Finds where somebody has other writes of the generations than those that are to be their last.
   *
   * @param first those before it have ended
   */
  private record Differences(Ending ending, long first) {

    Optional<Replica> of(VersionVector there) {
      for (Dot last : ending.last()) {
        if (there.get(last.replica()) != last.sequence()) {
          return Optional.of(last.replica());
        }
      }
      for (Dot other : there) {
        Replica replica = other.replica();
        boolean isMeant =
            replica.name().equals(ending.name())
                && replica.generation() >= first
                && replica.generation() < ending.below();
        if (isMeant && !ending.last().contains(other)) {
          return Optional.of(replica);
        }
      }
      return Optional.empty();
    }

    /** Whether somebody has writes that would be given up. */
    boolean more(VersionVector there) {
      VersionVector here = VersionVector.of(ending.last());
      for (Dot other : there) {
        boolean isMeant =
            other.replica().name().equals(ending.name())
                && other.replica().generation() >= first
                && other.replica().generation() < ending.below();
        if ((isMeant || here.get(other.replica()) > 0) && !here.covers(other)) {
          return true;
        }
      }
      return false;
    }

    /** The latest of the generations need not be named: it is the one that was asked about. */
    String whose(Replica replica) {
      int size = ending.last().size();
      boolean isLatest = size > 0 && ending.last().get(size - 1).replica().equals(replica);
      return isLatest ? "" : " of " + replica;
    }
  }
}
