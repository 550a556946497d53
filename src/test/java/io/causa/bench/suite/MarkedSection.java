package io.causa.bench.suite;

/** The part of a page that the suite writes, between two comments. */
final class MarkedSection {

  static final String BEGIN = "<!-- bin/bench all --write: begin -->";
  static final String END = "<!-- bin/bench all --write: end -->";

  private MarkedSection() {}

  /**
   * Returns the page with other text between the two comments.
   *
   * @throws IllegalArgumentException if the page lacks one of them
   */
  static String replace(String page, String text) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page lacks \"" + BEGIN + "\" … \"" + END + "\"");
    }
    return page.substring(0, begin + BEGIN.length())
        + "\n"
        + text.strip()
        + "\n"
        + page.substring(end);
  }
}
