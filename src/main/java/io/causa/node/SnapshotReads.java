package io.causa.node;

import io.causa.core.ReadView;
import io.causa.node.port.ReadRequest.Keys;
import io.causa.node.port.ReadRequest.Page;
import io.causa.node.port.ReadRequest.Selection;
import io.causa.node.port.StorePort.KeyedState;
import io.causa.node.port.StorePort.Snapshot;
import java.util.List;

/** Reads of several keys at one instant: on the store's loop, where nothing changes meanwhile. */
public final class SnapshotReads {

  private SnapshotReads() {}

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
