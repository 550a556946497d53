package io.causa.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.causa.client.Answer;
import io.causa.client.Marks;
import java.io.PrintWriter;
import java.util.Map;

/** Shows answers: what was asked for on the standard output, problems on the error output. */
final class AnswerPrinter {
  /** The type of a refusal that the client makes of an answer it cannot read. */
  static final String UNREADABLE = "unreadable-answer";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setSerializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  AnswerPrinter(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** What {@code --json} prints of a write. */
  record WriteResult(
      String result,
      String key,
      String message,
      String id,
      String version,
      Map<String, Long> clock,
      String context) {
    static WriteResult of(String result, String key, String message, String id, Marks marks) {
      return new WriteResult(
          result, key, message, id, marks.version(), marks.counts(), marks.context());
    }
  }

  /** What {@code --json} prints of everything that went wrong. */
  record Problem(String error, Integer status, String type, String title, String detail) {}

  /** The answer to a put or a delete. */
  int write(String key, Answer answer) {
    if (answer instanceof Answer.Written written) {
      return written("written", key, null, null, written.marks());
    }
    if (answer instanceof Answer.Buffered buffered) {
      return written("buffered", key, buffered.message(), buffered.id(), buffered.marks());
    }
    return unwelcome(key, answer);
  }

  private int written(String result, String key, String message, String id, Marks marks) {
    if (json) {
      json(WriteResult.of(result, key, message, id, marks));
      return ExitCode.OK;
    }
    out.println(message == null ? result : result + ": " + message);
    line("id", id);
    line("version", marks.version());
    line("clock", marks.clock());
    line("context", marks.context());
    return ExitCode.OK;
  }

  private void line(String name, String value) {
    if (value != null) {
      out.printf("%-8s %s%n", name, value);
    }
  }

  /** Every answer that nobody hoped for. */
  int unwelcome(String key, Answer answer) {
    if (answer instanceof Answer.Absent absent) {
      return absent(key, absent.marks());
    }
    if (answer instanceof Answer.Refused refused) {
      return refused(refused);
    }
    if (answer instanceof Answer.Unreachable unreachable) {
      return unreachable(unreachable);
    }
    throw new IllegalStateException("an answer that this request cannot have: " + answer);
  }

  private int absent(String key, Marks marks) {
    if (json) {
      json(WriteResult.of("absent", key, null, null, marks));
    } else if (marks.version() == null) {
      err.printf("causa: \"%s\" has no value at this node%n", key);
    } else {
      err.printf("causa: \"%s\" was deleted by %s%n", key, marks.version());
    }
    return ExitCode.NOT_FOUND;
  }

  private int refused(Answer.Refused refused) {
    if (json) {
      print(
          err,
          new Problem(
              "refused", refused.status(), refused.type(), refused.title(), refused.detail()));
    } else if (refused.type().equals(UNREADABLE)) {
      err.printf(
          "causa: the answer (status %d) is not what a node answers: %s."
              + " Is this the address of a node? --node URL or %s names another.%n",
          refused.status(), refused.detail(), NodeTarget.VARIABLE);
    } else {
      err.println("causa: the node refused: " + refused);
    }
    return refused.isDataFull() ? ExitCode.DATA_FULL : ExitCode.REFUSED;
  }

  private int unreachable(Answer.Unreachable unreachable) {
    String doubt = unreachable.mayHaveHappened() ? " If it was a write, it may have happened." : "";
    if (json) {
      String detail = unreachable.reason() + "." + doubt;
      print(err, new Problem("unreachable", null, null, null, detail));
    } else {
      err.printf(
          "causa: %s.%s Is the node running? --node URL or %s names another.%n",
          unreachable.reason(), doubt, NodeTarget.VARIABLE);
    }
    return ExitCode.UNREACHABLE;
  }

  /** Prints any value as JSON, as the answer. */
  void json(Object value) {
    print(out, value);
  }

  /** Prints a failure that is no answer of a node. */
  static void failure(PrintWriter err, String message) {
    print(err, new Problem("failed", null, null, null, message));
  }

  private static void print(PrintWriter to, Object value) {
    try {
      to.println(JSON.writeValueAsString(value));
    } catch (JsonProcessingException defect) {
      throw new IllegalStateException("cannot be written as JSON: " + value, defect);
    }
  }

  boolean isJson() {
    return json;
  }

  PrintWriter out() {
    return out;
  }
}
