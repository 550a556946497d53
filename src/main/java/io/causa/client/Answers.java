package io.causa.client;

import static java.util.Objects.requireNonNullElse;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Turns responses into answers. */
final class Answers {
  /** How much of an answer that cannot be read is shown, in characters. */
  private static final int MOST_SHOWN = 60;

  private Answers() {}

  static Marks marks(HttpClientResponse response) {
    return new Marks(
        response.getHeader("Causa-Context"),
        response.getHeader("Causa-Version"),
        response.getHeader("Causa-Clock"),
        unquoted(response.getHeader("ETag")),
        response.getHeader("Causa-Lost"));
  }

  private static String unquoted(String entityTag) {
    return entityTag == null ? null : entityTag.replace("\"", "");
  }

  static Answer read(HttpClientResponse response, Buffer body) {
    return switch (response.statusCode()) {
      case 200 -> new Answer.Found(body, response.getHeader("Content-Type"), marks(response));
      case 404 -> new Answer.Absent(marks(response));
      default -> refused(response, body);
    };
  }

  static Answer described(HttpClientResponse response, Buffer body) {
    return switch (response.statusCode()) {
      case 200 -> new Answer.Described(Bodies.read(body, KeyDetail.class), marks(response));
      case 404 -> new Answer.Absent(marks(response));
      default -> refused(response, body);
    };
  }

  static Answer snapshot(HttpClientResponse response, Buffer body) {
    if (response.statusCode() != 200) {
      return refused(response, body);
    }
    Map<String, KeyDetail> details = new LinkedHashMap<>();
    Bodies.read(body, Bodies.Values.class).values().forEach(d -> details.put(d.key(), d));
    return new Answer.Snapshot(details, marks(response));
  }

  static Answer written(HttpClientResponse response, Buffer body) {
    return switch (response.statusCode()) {
      case 200, 201, 204 -> new Answer.Written(marks(response));
      case 202 -> buffered(body, marks(response));
      default -> refused(response, body);
    };
  }

  static Answer reported(HttpClientResponse response, Buffer body) {
    return response.statusCode() == 200
        ? new Answer.Reported(Bodies.read(body, NodeStatus.class), marks(response))
        : refused(response, body);
  }

  static Answer backedUp(HttpClientResponse response, Buffer body) {
    return response.statusCode() == 200
        ? new Answer.BackedUp(Bodies.read(body, Backup.class), marks(response))
        : refused(response, body);
  }

  static Answer heldList(HttpClientResponse response, Buffer body) {
    return response.statusCode() == 200
        ? new Answer.HeldList(Bodies.read(body, HeldPage.class), marks(response))
        : refused(response, body);
  }

  static Answer held(HttpClientResponse response, Buffer body) {
    return response.statusCode() == 200
        ? new Answer.Held(Bodies.read(body, HeldWrite.class), marks(response))
        : refused(response, body);
  }

  static Answer cancelled(HttpClientResponse response, Buffer body) {
    return response.statusCode() == 200
        ? new Answer.Cancelled(
            Bodies.read(body, Bodies.Cancelled.class).cancelled(), marks(response))
        : refused(response, body);
  }

  static Answer forgotten(HttpClientResponse response, Buffer body) {
    return response.statusCode() == 200
        ? new Answer.Forgotten(
            Bodies.read(body, Bodies.Forgotten.class).forgotten(), marks(response))
        : refused(response, body);
  }

  static Answer retired(HttpClientResponse response, Buffer body) {
    if (response.statusCode() != 200) {
      return refused(response, body);
    }
    Bodies.Retired retired = Bodies.read(body, Bodies.Retired.class);
    return new Answer.Retired(retired.retired(), retired.last(), marks(response));
  }

  static Answer done(HttpClientResponse response, Buffer body) {
    return response.statusCode() / 100 == 2
        ? new Answer.Done(marks(response))
        : refused(response, body);
  }

  /**
   * A body that does not keep the contract is an answer too: the node said something that nobody
   * can use.
   */
  static Answer safely(
      BiFunction<HttpClientResponse, Buffer, Answer> reading,
      HttpClientResponse response,
      Buffer body) {
    try {
      return reading.apply(response, body);
    } catch (UncheckedIOException e) {
      return new Answer.Refused(
          response.statusCode(),
          "unreadable-answer",
          "The answer is not what a node answers",
          "it begins with \"%s\", expected is JSON".formatted(beginning(body)),
          marks(response));
    }
  }

  private static String beginning(Buffer body) {
    String text = body.toString().replaceAll("[\\p{Cntrl}\\p{Space}]+", " ").strip();
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }

  static Answer unreachable(String node, Throwable cause) {
    boolean neverSent = cause instanceof ConnectException || cause instanceof UnknownHostException;
    return new Answer.Unreachable(
        "%s does not answer: %s".formatted(node, NetworkTrouble.words(cause)), !neverSent);
  }

  private static Answer buffered(Buffer body, Marks marks) {
    try {
      Bodies.Message message = Bodies.read(body, Bodies.Message.class);
      return new Answer.Buffered(requireNonNullElse(message.message(), ""), message.id(), marks);
    } catch (UncheckedIOException e) {
      return new Answer.Buffered(body.toString(), null, marks);
    }
  }

  private static Answer refused(HttpClientResponse response, Buffer body) {
    Bodies.Problem problem = problem(body);
    String type = requireNonNullElse(problem.type(), "");
    return new Answer.Refused(
        response.statusCode(),
        type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1),
        requireNonNullElse(problem.title(), requireNonNullElse(response.statusMessage(), "")),
        requireNonNullElse(problem.detail(), ""),
        marks(response));
  }

  private static Bodies.Problem problem(Buffer body) {
    try {
      return Bodies.read(body, Bodies.Problem.class);
    } catch (UncheckedIOException e) {
      return new Bodies.Problem(null, null, body.length() == 0 ? null : body.toString());
    }
  }
}
