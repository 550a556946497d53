package io.causa.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What each read read from, in a history as a whole: {@link Sources} goes by versions and values,
 * and this by what happened before the read, too. An absence without a version saw the beginning,
 * or a delete whose tombstone was removed, or one whose version was not told. It saw the only one
 * of these that is possible.
 */
final class ReadsFrom {
  /** The state before the first request, of which the history has no event. */
  static final int BEGINNING = -3;

  private final Causality causality;

  ReadsFrom(Causality causality) {
    this.causality = causality;
  }

  /**
   * The write that one access of a read shows.
   *
   * @return its event, {@link #BEGINNING}, {@link Sources#UNKNOWN} if more than one is possible, or
   *     {@link Sources#NO_WRITE} if nothing is
   */
  int source(int read, int access) {
    Access shown = causality.event(read).accesses().get(access);
    boolean bareAbsence = shown.value() == null && shown.version() == null;
    return bareAbsence ? ofAbsence(read, shown.key()) : causality.sourcesOf(read)[access];
  }

  private int ofAbsence(int read, String key) {
    HistoryEvent reader = causality.event(read);
    List<Integer> seen = causality.writesOf(key).lastIn(causality.past(read));
    List<Integer> possible = new ArrayList<>();
    if (seen.isEmpty()) {
      possible.add(BEGINNING);
    }
    // Two of a chain are enough to know that there is more than one.
    causality
        .deletesOf(key)
        .lastWhere(2, delete -> causality.event(delete).beganBeforeTheEndOf(reader))
        .stream()
        .filter(delete -> seen.stream().noneMatch(write -> causality.precedes(delete, write)))
        .forEach(possible::add);
    if (possible.isEmpty()) {
      return Sources.NO_WRITE;
    }
    return possible.size() == 1 ? possible.get(0) : Sources.UNKNOWN;
  }
}
