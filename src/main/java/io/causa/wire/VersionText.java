package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.ReplicaNames;

/** How the dot of a version is written. */
public final class VersionText {

  private VersionText() {}

  /** The form for people, {@code node1:17}; what it means may change as replicas are met. */
  public static String print(Dot version, ReplicaNames names) {
    return names.print(version);
  }

  /** The form that always means the same, {@code node1.gen:17}: for ETags. */
  public static String full(Dot version) {
    return version.toString();
  }
}
