package io.causa.history;

/**
 * One broken promise.
 *
 * @param rule the promise
 * @param text what is wrong, for people
 * @param earlier the event that makes it wrong
 * @param later the event that is wrong
 */
public record Violation(String rule, String text, HistoryEvent earlier, HistoryEvent later) {
  @Override
  public String toString() {
    String first = earlier.equals(later) ? "" : "\n    " + earlier;
    return rule + ": " + text + first + "\n    " + later;
  }
}
