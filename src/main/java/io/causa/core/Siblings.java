package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a key that has concurrent versions.
 *
 * @param losers at least one, the latest first
 */
record Siblings(KeyVersion visible, List<KeyVersion> losers) implements KeyState {

  Siblings {
    losers = List.copyOf(losers);
    if (losers.isEmpty()) {
      throw new IllegalArgumentException("a version alone is a state itself: " + visible);
    }
  }

  @Override
  public String key() {
    return visible.key();
  }

  @Override
  public List<KeyVersion> versions() {
    List<KeyVersion> versions = new ArrayList<>(losers.size() + 1);
    versions.add(visible);
    versions.addAll(losers);
    return versions;
  }

  @Override
  public List<KeyVersion> concurrentWith(VersionVector seen) {
    List<KeyVersion> unseen = new ArrayList<>(losers.size() + 1);
    if (!visible.isIn(seen)) {
      unseen.add(visible);
    }
    for (KeyVersion loser : losers) {
      if (!loser.isIn(seen)) {
        unseen.add(loser);
      }
    }
    return unseen;
  }

  @Override
  public boolean has(KeyVersion version) {
    return visible.equals(version) || losers.contains(version);
  }
}
