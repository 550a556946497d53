package io.causa.core.encoding;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What this version of Causa reads of one kind of thing that stands in an {@link Envelope}.
 *
 * @param what the kind, as people call it, with its article: "the message"
 * @param least the earliest version that is read
 * @param latest the latest version that is read, and the one that is written
 * @param features the names of the features that are known
 */
public record Format(String what, int least, int latest, Set<String> features) {

  /** What most bytes need. */
  public static final SortedSet<String> NO_FEATURES = Collections.emptySortedSet();

  public Format {
    features = Set.copyOf(features);
  }

  /**
   * @throws UnsupportedException if this version of Causa does not read the version
   */
  public void requireVersion(int version) throws MalformedException {
    if (version < 1 || version > Envelope.MAX_VERSION) {
      throw new MalformedException("no version is " + version);
    }
    if (version < least || version > latest) {
      throw new UnsupportedException(
          "%s has version %d; this version of Causa reads %s"
              .formatted(
                  what,
                  version,
                  least == latest ? "version " + latest : "versions " + least + " to " + latest));
    }
  }

  void requireFeatures(Set<String> required) throws UnsupportedException {
    SortedSet<String> unknown = new TreeSet<>(required);
    unknown.removeAll(features);
    if (!unknown.isEmpty()) {
      throw new UnsupportedException(
          "%s needs the feature%s %s, which this version of Causa does not know"
              .formatted(what, unknown.size() == 1 ? "" : "s", String.join(", ", unknown)));
    }
  }
}
