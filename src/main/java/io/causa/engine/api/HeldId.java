package io.causa.engine.api;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a held write: no other write on the node's data ever has the same one, also after a
 * restart.
 *
 * @param session the run of the node, larger than that of every earlier run
 * @param ticket the write within that run, from 1
 */
public record HeldId(long session, long ticket) {

  private static final int RADIX = 36;
  private static final Pattern TEXT =
      Pattern.compile("([1-9a-z][0-9a-z]{0,11})-([1-9a-z][0-9a-z]{0,11})");

  /** Reads what {@link #toString()} wrote; empty if the text is no such name. */
  public static Optional<HeldId> parse(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new HeldId(number(parts.group(1)), number(parts.group(2))))
        : Optional.empty();
  }

  private static long number(String text) {
    return Long.parseLong(text, RADIX);
  }

  /** Returns the name as it stands in paths, such as {@code mwqiozoi-1f}. */
  @Override
  public String toString() {
    return Long.toString(session, RADIX) + "-" + Long.toString(ticket, RADIX);
  }
}
