package io.causa.membership;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.stream.Stream;

/**
 * The generations whose history is closed: for each the last write that is part of it. What is
 * behind that was lost with whoever held it, and nothing waits for it any more.
 *
 * @param ended what all members know to have ended
 * @param ordered what is to end besides; {@link Endings#NONE} if only the ended ones count
 */
public record Retirement(Endings ended, Endings ordered) {

  /** Nothing was retired. */
  public static final Retirement NONE = new Retirement(Endings.NONE, Endings.NONE);

  /** What has ended, and nothing besides. */
  public static Retirement of(Endings ended) {
    return new Retirement(ended, Endings.NONE);
  }

  /** What both say; of two last writes the later one counts. */
  public Retirement join(Retirement other) {
    return new Retirement(ended.join(other.ended), ordered.join(other.ordered));
  }

  /** Whether the generation's history is closed. */
  public boolean includes(Replica replica) {
    return ended.includes(replica) || ordered.includes(replica);
  }

  /** The last write of a generation whose history is closed; 0 if it has none. */
  public long last(Replica replica) {
    return ended.isBelow(replica)
        ? ended.last(replica)
        : Math.max(ended.last(replica), ordered.last(replica));
  }

  /** What is left to wait for: of each retired generation no more than there is. */
  public VersionVector cap(VersionVector awaited) {
    VersionVector capped = awaited;
    for (Dot entry : awaited) {
      if (excludes(entry)) {
        long last = last(entry.replica());
        VersionVector others = capped.without(entry.replica());
        capped = last == 0 ? others : others.with(new Dot(entry.replica(), last));
      }
    }
    return capped;
  }

  /** Returns those entries of the vector that name writes behind the last of their generation. */
  public VersionVector lost(VersionVector named) {
    VersionVector lost = VersionVector.EMPTY;
    for (Dot entry : named) {
      lost = excludes(entry) ? lost.with(entry) : lost;
    }
    return lost;
  }

  /** Whether this closes all that the other one does, and no history earlier. */
  public boolean covers(Retirement other) {
    return Stream.concat(other.ordered.listed().stream(), other.ended.open().stream())
            .allMatch(end -> includes(end.replica()) && last(end.replica()) >= end.sequence())
        && reaches(other.ordered)
        && reaches(other.ended);
  }

  private boolean reaches(Endings other) {
    return other.below().entrySet().stream()
        .allMatch(
            e -> e.getValue() <= Math.max(ended.below(e.getKey()), ordered.below(e.getKey())));
  }

  /** Whether the write is none any more. */
  public boolean excludes(Dot dot) {
    return includes(dot.replica()) && dot.sequence() > last(dot.replica());
  }
}
