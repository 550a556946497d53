package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.List;
import java.util.OptionalLong;

/**
 * A write inside a commit: what it will change, and where it stands.
 *
 * @param write the write
 * @param changes one for each mutation, in their order
 * @param before the position before it: everything applied until then
 * @param after the position after it: {@code before} with the write's dot
 * @param ticket the proposal that it answers; empty for a remote write
 */
public record StagedWrite(
    Write write,
    List<KeyChange> changes,
    VersionVector before,
    VersionVector after,
    OptionalLong ticket) {

  public StagedWrite {
    changes = List.copyOf(changes);
  }
}
