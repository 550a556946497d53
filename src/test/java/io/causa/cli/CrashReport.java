package io.causa.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * What became of the writes of a node that was killed again and again.
 *
 * @param kills how many times it was killed
 * @param acknowledged writes that were answered with success
 * @param lost how many of them were gone after a restart
 * @param lostSpanMillis how long before the kill the oldest of the lost ones was acknowledged
 * @param unanswered writes whose answer never came
 * @param unansweredFound how many of them had happened
 * @param wrong what must never be: a version given twice, or a write with another version
 */
record CrashReport(
    int kills,
    int acknowledged,
    int lost,
    long lostSpanMillis,
    int unanswered,
    int unansweredFound,
    List<String> wrong) {

  boolean passed() {
    return lost == 0 && wrong.isEmpty();
  }

  void print(PrintStream out) {
    out.printf(
        "%,d kills: %,d writes acknowledged, %,d of them lost%s; %,d unanswered, of which %,d had happened%n",
        kills, acknowledged, lost, span(), unanswered, unansweredFound);
    wrong.stream().limit(10).forEach(line -> out.println("WRONG: " + line));
  }

  private String span() {
    return lost == 0
        ? ""
        : " (acknowledged up to %,d ms before the kill)".formatted(lostSpanMillis);
  }
}
