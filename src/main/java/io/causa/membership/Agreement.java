package io.causa.membership;

import io.causa.clock.Replica;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What all members of a cluster understand, so that a node may use it: a rolling upgrade is over
 * when the last member has said that it knows what is new.
 *
 * <p>A member that said nothing since this node started holds back what is new, also one that is
 * silent: its next words could be those of the earlier version. A member that fell silent after it
 * had said so does not, and neither does one that was forgotten. Immutable.
 *
 * @param features the names of the features that this node and all members know
 * @param version the latest version of messages that this node and all members read
 * @param heldBackBy the other members that do not know all that this node knows
 */
public record Agreement(SortedSet<String> features, int version, SortedSet<Replica> heldBackBy) {

  public Agreement {
    features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
    heldBackBy = Collections.unmodifiableSortedSet(new TreeSet<>(heldBackBy));
  }

  /**
   * Returns what this node and the members understand.
   *
   * @param self this node, member or not
   * @param own what it understands itself
   * @param roster who belongs to the cluster
   * @param said what a replica said in its present run; empty if it was not heard
   */
  public static Agreement of(
      Replica self,
      Capabilities own,
      Roster roster,
      Function<Replica, Optional<Capabilities>> said) {
    SortedSet<String> features = new TreeSet<>(own.features());
    SortedSet<Replica> heldBackBy = new TreeSet<>();
    int version = own.latest();
    for (Replica member : roster.members()) {
      if (!member.equals(self)) {
        Capabilities of = said.apply(member).orElse(Capabilities.UNSAID);
        features.retainAll(of.features());
        version = Math.min(version, of.latest());
        if (of.latest() < own.latest() || !of.features().containsAll(own.features())) {
          heldBackBy.add(member);
        }
      }
    }
    return new Agreement(features, version, heldBackBy);
  }

  /** Returns whether the feature may be used. */
  public boolean has(Feature feature) {
    return features.contains(feature.text());
  }
}
