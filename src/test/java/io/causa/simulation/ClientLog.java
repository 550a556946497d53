package io.causa.simulation;

import java.util.ArrayList;
import java.util.List;

/** What the clients of a run saw, in the order in which the answers came. */
final class ClientLog {

  enum Kind {
    PUT,
    DELETE,
    BATCH,
    GET,
    SNAPSHOT,
    FINAL
  }

  enum End {
    OK,
    ABSENT,
    REFUSED,
    UNKNOWN
  }

  /** One key of a request; null where there is none. */
  record Access(String key, String value, String version) {}

  record Entry(
      String session,
      String node,
      Kind kind,
      List<Access> accesses,
      String contextIn,
      String contextOut,
      long startMicros,
      long endMicros,
      End end) {}

  private final List<Entry> entries = new ArrayList<>();

  void add(Entry entry) {
    entries.add(entry);
  }

  List<Entry> entries() {
    return entries;
  }
}
