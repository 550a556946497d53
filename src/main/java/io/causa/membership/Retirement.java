package io.causa.membership;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;

/**
 * The generations whose history is closed: for each the last write that is part of it. What is
 * behind that was lost with whoever held it, and nothing waits for it any more.
 *
 * @param last the last write of each retired generation
 */
public record Retirement(VersionVector last) {

  /** Nothing was retired. */
  public static final Retirement NONE = new Retirement(VersionVector.EMPTY);

  /** What both say; of two last writes the later one counts. */
  public Retirement join(Retirement other) {
    return new Retirement(last.join(other.last));
  }

  /** What is left to wait for: of each retired generation no more than there is. */
  public VersionVector cap(VersionVector awaited) {
    VersionVector capped = awaited;
    for (Dot end : last) {
      if (awaited.get(end.replica()) > end.sequence()) {
        capped = capped.without(end.replica()).with(end);
      }
    }
    return capped;
  }

  /** Whether the write is none any more. */
  public boolean excludes(Dot dot) {
    long end = last.get(dot.replica());
    return end > 0 && dot.sequence() > end;
  }
}
