package io.causa.identity;

import io.causa.clock.Replica;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Who was heard in this run, and so could have told that it knows later own writes.
 *
 * <p>Bound: the names of the members.
 */
final class Witnesses {

  private final Replica self;
  private final long graceMillis;
  private final long mostPauseMillis;
  private final Set<String> heard = new HashSet<>();
  private long heardAtMillis;
  private long contactMillis;

  /**
   * @param graceMillis how long the others are waited for while some member is heard
   * @param mostPauseMillis how much of the time in which nobody is heard counts
   */
  Witnesses(Replica self, long graceMillis, long mostPauseMillis) {
    this.self = self;
    this.graceMillis = graceMillis;
    this.mostPauseMillis = mostPauseMillis;
  }

  void hear(String peer, long nowMillis) {
    if (!heard.isEmpty()) {
      contactMillis += Math.min(nowMillis - heardAtMillis, mostPauseMillis);
    }
    heardAtMillis = nowMillis;
    heard.add(peer);
  }

  /**
   * Returns whether all members were heard, or for a while those that can be heard: a member that
   * is dead must not keep a replica from being replicated.
   */
  boolean areEnough(Collection<Replica> members) {
    if (heard.isEmpty()) {
      return false;
    }
    boolean all =
        members.stream().allMatch(member -> member.equals(self) || heard.contains(member.name()));
    return all || contactMillis >= graceMillis;
  }
}
