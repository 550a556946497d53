package io.causa.scenario;

import io.causa.history.Access;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The versions that this run of a scenario wrote. A scenario may run on data of earlier runs, with
 * the same keys and values: only the version tells whether x=5 is this run's. Thread-safe.
 */
final class OwnVersions {
  /**
   * @param version of the last write of this value; null if its answer did not tell
   * @param before the key's versions known before that write
   */
  private record Last(String version, Set<String> before) {}

  private record KeyValue(String key, String value) {}

  private final Map<KeyValue, Last> last = new HashMap<>();
  private final Map<String, Set<String>> known = new HashMap<>();

  synchronized void before(Access access) {
    if (access.version() != null) {
      known.computeIfAbsent(access.key(), x -> new HashSet<>()).add(access.version());
    }
  }

  /**
   * @param written with a null version if the answer did not tell one
   */
  synchronized void wrote(Access written) {
    Set<String> versions = known.computeIfAbsent(written.key(), x -> new HashSet<>());
    var same = new KeyValue(written.key(), written.value());
    last.put(same, new Last(written.version(), Set.copyOf(versions)));
    before(written);
  }

  /** Whether what a node shows is what this run wrote; true too for a value that it never wrote. */
  synchronized boolean fits(Access shown) {
    Last own = last.get(new KeyValue(shown.key(), shown.value()));
    if (own == null) {
      return true;
    }
    return own.version() != null
        ? own.version().equals(shown.version())
        : shown.version() != null && !own.before().contains(shown.version());
  }
}
