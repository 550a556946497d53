package io.causa.membership;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node may do, or write, only where every reader knows it. A node says in its digests which
 * features it knows; one is used when all members know it.
 *
 * <p>Bytes that need a feature name it in their envelope. So a version that does not know it
 * refuses them and says why.
 */
public enum Feature {

  /** Version vectors that say in one entry that all generations of a name below one have ended. */
  BASES("bases"),

  /** Acknowledgements that say how far one replica's writes have come, and nothing else. */
  ACKS("acks");

  /** What this version knows: a feature is added here once all that reads it stands. */
  private static final Set<Feature> KNOWN = EnumSet.of(BASES, ACKS);

  private final String text;

  Feature(String text) {
    this.text = text;
  }

  /** Returns the name that digests and envelopes say: letters of a to z, digits and hyphens. */
  public String text() {
    return text;
  }

  /** Returns the names of the features that this version knows. */
  public static SortedSet<String> known() {
    SortedSet<String> names = new TreeSet<>();
    KNOWN.forEach(feature -> names.add(feature.text));
    return Collections.unmodifiableSortedSet(names);
  }
}
