package io.causa.core;

import java.util.Objects;
import java.util.Optional;

/** One change of one key: a put, or a delete, which leaves a tombstone. */
public sealed interface Mutation {

  String key();

  /** The new value; empty for a delete. */
  Optional<Value> value();

  /** Roughly what the mutation occupies in memory and in a batch, in bytes. */
  default int sizeBytes() {
    int valueBytes = value().map(v -> v.bytes().length() + v.contentType().length()).orElse(0);
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
