package io.causa.scenario;

import io.causa.client.Answer;

/** Answers as people read them. */
final class Answers {
  private Answers() {}

  /** The HTTP status that the answer stands for; 0 if there was none. */
  static int status(Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      return refused.status();
    }
    if (answer instanceof Answer.Unreachable) {
      return 0;
    }
    if (answer instanceof Answer.Absent) {
      return 404;
    }
    return answer instanceof Answer.Buffered ? 202 : 200;
  }

  /** In a few words. */
  static String brief(Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      return (refused.status() + " " + refused.type()).strip();
    }
    return answer instanceof Answer.Buffered ? "202, held" : say(answer);
  }

  /** With all that it says. */
  static String say(Answer answer) {
    if (answer instanceof Answer.Found found) {
      return found.text() + version(answer);
    }
    if (answer instanceof Answer.Absent) {
      return "absent" + version(answer);
    }
    if (answer instanceof Answer.Described described) {
      return described.detail().value() + " (" + described.detail().version() + ")";
    }
    if (answer instanceof Answer.Written) {
      return answer.marks().version() == null ? "done" : answer.marks().version();
    }
    if (answer instanceof Answer.Buffered buffered) {
      return "202 " + buffered.message();
    }
    if (answer instanceof Answer.Unreachable unreachable) {
      return unreachable.reason();
    }
    return answer.toString();
  }

  private static String version(Answer answer) {
    return answer.marks().version() == null ? "" : " (" + answer.marks().version() + ")";
  }
}
