package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.encoding.MalformedException;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every message of a node keeps, beyond its form. A message that breaks a rule would break an
 * invariant behind it, so it is refused as a whole.
 *
 * <p>The bounds of keys and values are the largest that any node may be configured with. They do
 * not follow the settings of one node: else it would refuse for ever what the others have taken.
 */
final class MessageRules {

  /** The longest URL of a node, in bytes. */
  static final int URL_BYTES = 2048;

  /** The most chunks of one snapshot. */
  static final long MOST_CHUNKS = Integer.MAX_VALUE;

  /** The largest {@code http.keyBytes}. */
  static final int KEY_BYTES = 65_535;

  /** The largest {@code http.valueBytes}. */
  static final int VALUE_BYTES = 64 << 20;

  /** The longest content type, in characters. */
  static final int CONTENT_TYPE_CHARS = 255;

  /** The largest {@code http.mutationsPerWrite}. */
  static final int MUTATIONS_PER_WRITE = 65_535;

  /** A character of UTF-16 takes three bytes of UTF-8 at the most. */
  private static final int CHAR_BYTES = 3;

  private MessageRules() {}

  /**
   * @throws MalformedException if the message breaks a rule; says which one
   */
  static void check(PeerMessage message) throws MalformedException {
    if (message instanceof WriteBatch batch) {
      check(batch);
    } else if (message instanceof SnapshotChunk chunk) {
      check(chunk);
    }
  }

  private static void check(WriteBatch batch) throws MalformedException {
    require(!batch.writes().isEmpty(), "a batch has no writes");
    Map<Replica, Dot> lastOfOthers = new HashMap<>();
    Dot last = null;
    for (Write write : batch.writes()) {
      Dot dot = write.dot();
      if (last != null && !last.replica().equals(dot.replica())) {
        lastOfOthers.put(last.replica(), last);
        last = lastOfOthers.get(dot.replica());
      }
      if (last != null && dot.sequence() != last.sequence() + 1) {
        throw broken("%s follows write %s of its origin", dot, last.sequence());
      }
      last = dot;
      check(write.mutations(), dot);
    }
  }

  private static void check(List<Mutation> mutations, Dot dot) throws MalformedException {
    if (mutations.size() > MUTATIONS_PER_WRITE) {
      throw broken("%s has %s mutations", dot, mutations.size());
    }
    for (Mutation mutation : mutations) {
      check(mutation, dot);
    }
  }

  private static void check(Mutation mutation, Dot dot) throws MalformedException {
    String key = mutation.key();
    boolean isShort = key.length() <= KEY_BYTES / CHAR_BYTES;
    if (!isShort && key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES) {
      throw broken("%s has a key of more than %s bytes", dot, KEY_BYTES);
    }
    if (mutation instanceof Mutation.Put put) {
      check(put.written(), dot);
    }
  }

  private static void check(Value value, Dot dot) throws MalformedException {
    if (value.bytes().length() > VALUE_BYTES) {
      throw broken("%s has a value of more than 64 MiB", dot);
    }
    if (value.contentType().length() > CONTENT_TYPE_CHARS) {
      throw broken("%s has a content type of more than %s characters", dot, CONTENT_TYPE_CHARS);
    }
  }

  private static void check(SnapshotChunk chunk) throws MalformedException {
    SnapshotInstant instant = chunk.instant();
    String before = null;
    for (SnapshotEntry entry : chunk.entries()) {
      String key = entry.key();
      require(
          before == null || before.compareTo(key) < 0,
          "the key \"%s\" follows \"%s\"",
          key,
          before);
      check(entry.state().versions(), instant);
      before = key;
    }
  }

  /** The versions of one key as a node holds them: the latest first, each of another replica. */
  private static void check(List<KeyVersion> versions, SnapshotInstant instant)
      throws MalformedException {
    Set<Replica> origins = new HashSet<>();
    KeyVersion before = null;
    for (KeyVersion version : versions) {
      Dot dot = version.dot();
      check(version.mutation(), dot);
      require(origins.add(dot.replica()), "a key has two versions of %s", dot.replica());
      require(
          instant.vector().covers(dot) && version.lamport() <= instant.lamport(),
          "a snapshot of %s holds %s",
          instant.vector(),
          dot);
      require(
          before == null || before.timestamp().compareTo(version.timestamp()) > 0,
          "%s is not earlier than the version before it",
          dot);
      before = version;
    }
  }

  private static void require(boolean kept, String rule, Object... values)
      throws MalformedException {
    if (!kept) {
      throw broken(rule, values);
    }
  }

  private static MalformedException broken(String rule, Object... values) {
    return new MalformedException(rule.formatted(values));
  }
}
