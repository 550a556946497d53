package io.causa.history;

import java.util.List;

/**
 * Whether a read shows less than its reader was entitled to. All checks of order are this question,
 * each with another set of writes that must be seen.
 */
final class Staleness {
  static final int FRESH = -1;

  private final Causality causality;

  Staleness(Causality causality) {
    this.causality = causality;
  }

  /**
   * The write that one access of a read should have shown, or one after it.
   *
   * @param mustSee the writes that the reader is entitled to
   * @return a write in {@code mustSee} that overwrote what was read, or {@link #FRESH}
   */
  int newerThan(int read, int access, Past mustSee) {
    Access shown = causality.event(read).accesses().get(access);
    int source = causality.sourcesOf(read)[access];
    if (Sources.isKnown(source)) {
      return overwriting(shown.key(), source, mustSee);
    }
    return shown.value() == null && shown.version() == null
        ? unexplainedAbsence(shown.key(), read, mustSee)
        : FRESH;
  }

  private int overwriting(String key, int source, Past mustSee) {
    return causality.writesOf(key).lastIn(mustSee).stream()
        .filter(write -> causality.precedes(source, write))
        .findFirst()
        .orElse(FRESH);
  }

  /**
   * An absence that names no version is right if some delete can explain it: one that began before
   * the read ended, and that no put in the past came after.
   */
  private int unexplainedAbsence(String key, int read, Past mustSee) {
    List<Integer> puts =
        causality.writesOf(key).lastIn(mustSee).stream().filter(w -> puts(w, key)).toList();
    if (puts.isEmpty() || explained(key, read, puts)) {
      return FRESH;
    }
    return puts.get(0);
  }

  /** Of each chain its latest delete will do best: what comes before it comes before it, too. */
  private boolean explained(String key, int read, List<Integer> puts) {
    HistoryEvent reader = causality.event(read);
    return causality
        .deletesOf(key)
        .lastWhere(1, delete -> causality.event(delete).beganBeforeTheEndOf(reader))
        .stream()
        .anyMatch(delete -> isLast(delete, puts));
  }

  private boolean isLast(int delete, List<Integer> puts) {
    return puts.stream().noneMatch(put -> causality.precedes(delete, put));
  }

  private boolean puts(int write, String key) {
    return causality.event(write).accesses().stream()
        .anyMatch(access -> access.key().equals(key) && access.value() != null);
  }
}
