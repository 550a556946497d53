package io.causa.engine.api;

import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.ReadView;
import io.causa.engine.api.ReadRequest.Keys;
import io.causa.engine.api.ReadRequest.Page;
import io.causa.engine.api.ReadRequest.Selection;
import java.util.List;
import java.util.Optional;

/**
 * Keys at one instant.
 *
 * @param keys the keys with their states
 * @param applied the vector of that instant
 * @param more whether a page ended at its limit rather than at the last key
 */
public record Snapshot(List<KeyedState> keys, VersionVector applied, boolean more) {

  /** A key with its state at one instant; empty if it has none. */
  public record KeyedState(String key, Optional<KeyState> state) {}

  /** Reads the view on the store's loop, where nothing changes meanwhile. */
  public static Snapshot read(ReadView view, Selection selection) {
    return selection instanceof Keys keys
        ? new Snapshot(states(view, keys.keys()), view.applied(), false)
        : page(view, (Page) selection);
  }

  private static Snapshot page(ReadView view, Page page) {
    List<String> keys = view.keys(page.prefix(), page.after(), page.limit() + 1);
    boolean more = keys.size() > page.limit();
    List<String> shown = more ? keys.subList(0, page.limit()) : keys;
    return new Snapshot(states(view, shown), view.applied(), more);
  }

  private static List<KeyedState> states(ReadView view, List<String> keys) {
    return keys.stream().map(key -> new KeyedState(key, view.get(key))).toList();
  }
}
