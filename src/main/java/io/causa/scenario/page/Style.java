package io.causa.scenario.page;

/**
 * What a piece of text is to its reader. Without colour it looks like any other, so what matters
 * must be told by words or marks as well. The colours are legible on dark and on light grounds.
 */
public enum Style {
  PLAIN(""),
  /** A heading. */
  TITLE("1;36"),
  /** Who or where. */
  STRONG("1"),
  /** Seldom looked at: numbers, times, what has not changed. */
  QUIET("2"),
  /** What has just changed. */
  MOVED("1;7"),
  /** A remark of the author. */
  REMARK("36"),
  GOOD("1;32"),
  BAD("1;31"),
  WARNING("1;35");

  private final String codes;

  Style(String codes) {
    this.codes = codes;
  }

  /** Returns the text between the terminal's codes for this style. */
  String paint(String text) {
    return codes.isEmpty() ? text : "\u001b[" + codes + "m" + text + "\u001b[0m";
  }
}
