package io.causa.core;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One change of one key: a put, or a delete, which leaves a tombstone. */
public sealed interface Mutation {

  String key();

  /** The new value; empty for a delete. */
  Optional<Value> value();

  /**
   * The mutations as one write may have them, copied: at least one, and no key twice, or the write
   * would conflict with itself.
   *
   * @throws IllegalArgumentException if they are not such
   */
  static List<Mutation> ofOneWrite(List<Mutation> mutations) {
    if (mutations.isEmpty()) {
      throw new IllegalArgumentException("a write changes at least one key");
    }
    if (mutations.size() > 1) {
      requireDistinctKeys(mutations);
    }
    return List.copyOf(mutations);
  }

  private static void requireDistinctKeys(List<Mutation> mutations) {
    Set<String> keys = new HashSet<>();
    for (Mutation mutation : mutations) {
      if (!keys.add(mutation.key())) {
        throw new IllegalArgumentException(
            "a write changes a key once, not twice: \"" + mutation.key() + "\"");
      }
    }
  }

  /** What the mutation counts against limits of bytes: roughly its size in a batch. */
  default int sizeBytes() {
    int valueBytes =
        this instanceof Put put
            ? put.written().bytes().length() + put.written().contentType().length()
            : 0;
    return key().length() + valueBytes + 16;
  }

  /** The key gets this value. */
  record Put(String key, Value written) implements Mutation {
    public Put {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(written, "written");
    }

    @Override
    public Optional<Value> value() {
      return Optional.of(written);
    }
  }

  /** The key has no value any more. Deleting an absent key is still a write. */
  record Delete(String key) implements Mutation {
    public Delete {
      Objects.requireNonNull(key, "key");
    }

    @Override
    public Optional<Value> value() {
      return Optional.empty();
    }
  }
}
