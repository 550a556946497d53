package io.causa.membership;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node says that it understands: in which versions it reads messages, and which features it
 * knows.
 *
 * @param least the earliest version of messages that it reads
 * @param latest the latest version of messages that it reads
 * @param features the names of the {@link Feature}s that it knows; some may be unknown here
 */
public record Capabilities(int least, int latest, SortedSet<String> features) {

  /** The most features that a node may say that it knows. */
  public static final int MOST_FEATURES = 64;

  /** The earliest version that this one reads; nodes that speak it say nothing of themselves. */
  public static final int EARLIEST = 3;

  /** The version in which nodes say what they understand. */
  public static final int LATEST = 4;

  /** What this version of Causa understands. */
  public static final Capabilities OWN = new Capabilities(EARLIEST, LATEST, Feature.known());

  /** What is known of a node that was not heard, or has said nothing. */
  public static final Capabilities UNSAID = ofVersion(EARLIEST);

  /**
   * @throws IllegalArgumentException if the versions are in the wrong order
   */
  public Capabilities {
    if (least < 1 || latest < least) {
      throw new IllegalArgumentException("no node reads versions " + least + " to " + latest);
    }
    features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
  }

  /** Returns what is known of a node that sent a message of this version. */
  public static Capabilities ofVersion(int version) {
    return new Capabilities(version, version, Collections.emptySortedSet());
  }

  /**
   * Returns what both say together of one run of a node, which does not change while it runs: a
   * message of the earlier version says less than others. What goes beyond {@link #MOST_FEATURES}
   * is no node's word, and is left out.
   */
  public Capabilities join(Capabilities other) {
    if (least <= other.least && latest >= other.latest && features.containsAll(other.features)) {
      return this;
    }
    SortedSet<String> both = new TreeSet<>(features);
    both.addAll(other.features);
    if (both.size() > MOST_FEATURES) {
      both = features;
    }
    return new Capabilities(Math.min(least, other.least), Math.max(latest, other.latest), both);
  }

  /** Returns whether messages that need this feature may be sent to this node. */
  public boolean knows(Feature feature) {
    return readsLatest() && features.contains(feature.text());
  }

  /** Returns whether messages of the latest version may be sent to this node. */
  public boolean readsLatest() {
    return latest >= LATEST;
  }

  /** Returns the version in which this node is spoken to. */
  public int spoken() {
    return Math.max(EARLIEST, Math.min(latest, LATEST));
  }
}
