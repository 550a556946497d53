package io.causa.core.encoding;

import io.causa.clock.Replica;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads replicas where few of them come again and again: each is checked and made once, and is the
 * same object wherever it comes, which for a million keys is a hundred megabytes of heap less.
 *
 * <p>Not thread-safe. Bound: {@link #MOST_KNOWN} replicas; others are read anew each time.
 */
public final class ReplicaReader {

  private static final int MOST_KNOWN = 64;

  private record Known(Replica replica, byte[] bytes) {}

  private final List<Known> known = new ArrayList<>();

  /** As {@link Vectors#readReplica}. */
  public Replica read(ByteReader in) throws MalformedException {
    for (Known candidate : known) {
      if (in.pass(candidate.bytes())) {
        return candidate.replica();
      }
    }
    return remember(Vectors.readReplica(in));
  }

  private Replica remember(Replica replica) {
    if (known.size() < MOST_KNOWN) {
      ByteWriter bytes = new ByteWriter(Long.SIZE);
      Vectors.write(bytes, replica);
      known.add(new Known(replica, bytes.toBytes()));
    }
    return replica;
  }
}
