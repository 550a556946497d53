package io.causa.client;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How a request ended. A failed future is only ever a fault of this program; whatever a node or the
 * network may do is one of these.
 */
public sealed interface Answer {
  Marks marks();

  /** The key has a value here. */
  record Found(Buffer value, String contentType, Marks marks) implements Answer {
    public String text() {
      return value.toString(StandardCharsets.UTF_8);
    }
  }

  /**
   * The key has no value here; {@code marks.version} is that of its delete, if it had one that is
   * still known.
   */
  record Absent(Marks marks) implements Answer {}

  /** The key has a value here, with all that is known of it. */
  record Described(KeyDetail detail, Marks marks) implements Answer {}

  /** Several keys of one instant. */
  record Snapshot(Map<String, KeyDetail> details, Marks marks) implements Answer {}

  /** The write is applied at the node. */
  record Written(Marks marks) implements Answer {}

  /**
   * The node holds the write back until what it depends on arrives; no context covers it yet.
   *
   * @param id by which the held write can be looked at and cancelled; null from an older node
   */
  record Buffered(String message, String id, Marks marks) implements Answer {}

  /** Some of the writes that the node holds. */
  record HeldList(HeldPage page, Marks marks) implements Answer {}

  /** One write that the node holds. */
  record Held(HeldWrite write, Marks marks) implements Answer {}

  /** The held write of that id will never be applied. */
  record Cancelled(String id, Marks marks) implements Answer {}

  /** What the node says of itself. */
  record Reported(NodeStatus status, Marks marks) implements Answer {}

  /** The node has copied its data. */
  record BackedUp(Backup backup, Marks marks) implements Answer {}

  /** That generation is no member any more. */
  record Forgotten(String replica, Marks marks) implements Answer {}

  /** The history of that generation ends with that write. */
  record Retired(String replica, long last, Marks marks) implements Answer {}

  /** Done, and there is nothing to tell. */
  record Done(Marks marks) implements Answer {}

  /**
   * The node said no.
   *
   * @param status the HTTP status
   * @param type the problem's type, its last path segment as in {@code dependency-not-met}; empty
   *     if the answer was no problem+json
   */
  record Refused(int status, String type, String title, String detail, Marks marks)
      implements Answer {
    /** Whether the request surely had no effect. */
    public boolean surelyNotDone() {
      return status < 500 || status == 503 || status == 507;
    }

    /** Whether the write is applied at the node, and only fewer peers than asked for have it. */
    public boolean isApplied() {
      return type.equals("acks-not-met");
    }

    /** Whether the node has no memory left for more data; deletes still pass there. */
    public boolean isDataFull() {
      return type.equals("data-full");
    }

    @Override
    public String toString() {
      return "%d %s%s"
          .formatted(status, type.isEmpty() ? title : type, detail.isEmpty() ? "" : ": " + detail);
    }
  }

  /**
   * No answer came.
   *
   * @param mayHaveHappened false if the request surely never reached the node
   */
  record Unreachable(String reason, boolean mayHaveHappened) implements Answer {
    @Override
    public String toString() {
      return reason;
    }

    @Override
    public Marks marks() {
      return Marks.NONE;
    }
  }
}
