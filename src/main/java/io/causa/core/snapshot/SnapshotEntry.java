package io.causa.core.snapshot;

import io.causa.core.KeyState;
import java.util.Objects;

/** A key and its state, as a snapshot holds it. */
public record SnapshotEntry(String key, KeyState state) {

  public SnapshotEntry {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(state, "state");
  }

  /** What the entry counts against limits of bytes: roughly its size in a message. */
  public int sizeBytes() {
    return state.sizeBytes();
  }
}
