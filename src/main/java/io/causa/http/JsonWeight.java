package io.causa.http;

import java.util.function.Supplier;

/**
 * What JSON occupies once it is parsed, which can be forty times its text: {@code [{},{},…]}.
 *
 * <p>The estimate is rather too high, and needs one pass over the bytes, without parsing.
 */
final class JsonWeight {

  /** What is smaller is not counted: each HTTP loop parses one document at a time. */
  static final long FREE_BYTES = 1 << 20;

  /** An object or an array, with its table. */
  private static final int CONTAINER_BYTES = 80;

  /** A number or a short string, and its place in the container. */
  private static final int ELEMENT_BYTES = 56;

  /** An entry of an object beside its value. */
  private static final int MEMBER_BYTES = 48;

  private JsonWeight() {}

  /** Returns about how many bytes of heap the parsed document occupies beside its strings. */
  static long of(byte[] json) {
    long bytes = 0;
    boolean quoted = false;
    for (int i = 0; i < json.length; i++) {
      switch (json[i]) {
        case '"' -> quoted = !quoted;
        case '\\' -> i += quoted ? 1 : 0;
        case '{', '[' -> bytes += quoted ? 0 : CONTAINER_BYTES;
        case ',' -> bytes += quoted ? 0 : ELEMENT_BYTES;
        case ':' -> bytes += quoted ? 0 : MEMBER_BYTES;
        default -> {
          // Part of a string, a number or a name: counted with what separates it from the next.
        }
      }
    }
    return bytes;
  }

  /**
   * Reads a body while what it occupies is counted among the bodies under way.
   *
   * @param read parses the body, and keeps nothing of the parsed document
   * @throws ProblemException if there is no room, or would be too little in any case
   */
  static <T> T within(BodyBudget bodies, byte[] body, Supplier<T> read) {
    long bytes = of(body);
    if (bytes <= FREE_BYTES) {
      return read.get();
    }
    BodyBudget.Lease lease = bodies.lease();
    try {
      if (!lease.take(bytes)) {
        throw refusal(bodies, bytes);
      }
      return read.get();
    } finally {
      lease.release();
    }
  }

  private static ProblemException refusal(BodyBudget bodies, long bytes) {
    if (bytes > bodies.limitBytes()) {
      return new ProblemException(
          new Problem(
                  ProblemType.TOO_LARGE,
                  "the JSON of the body needs about %d bytes of memory, and all bodies together may have %d (http.bodiesUnderWayBytes); nothing was written. Send it in parts, or as bytes with PUT /kv/{key}"
                      .formatted(bytes, bodies.limitBytes()))
              .with("limit", BodyReader.UNDER_WAY)
              .with("limitBytes", bodies.limitBytes()));
    }
    return new ProblemException(
        new Problem(
                ProblemType.OVERLOADED,
                "no room for the %d bytes of memory that the JSON of the body needs: of all bodies under way, %d of %d bytes are taken (http.bodiesUnderWayBytes); nothing was written. Try again a little later, or ask another node"
                    .formatted(bytes, bodies.bytes(), bodies.limitBytes()))
            .with("limit", BodyReader.UNDER_WAY)
            .with("limitBytes", bodies.limitBytes()));
  }
}
