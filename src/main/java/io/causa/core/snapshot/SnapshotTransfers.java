package io.causa.core.snapshot;

import io.causa.clock.Replica;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Serves snapshots to replicas that the log cannot help any more: each pulls its slices one by one,
 * at its own pace.
 *
 * <p>Owner: the store's loop. Bounds: {@link Limits}; one transfer for each asker.
 */
public final class SnapshotTransfers {

  public static final String KEPT_BYTES = "store.snapshotKeptBytes";

  /**
   * @param transfers how many replicas may be served at a time
   * @param keptBytes how many bytes of old states are kept for one of them before it must start
   *     anew
   * @param idleMillis after how long without a request a transfer is forgotten
   */
  public record Limits(int transfers, long keptBytes, long idleMillis) {}

  /** The states that are served. */
  @FunctionalInterface
  public interface Source {
    /**
     * Begins to remember this instant, until the cut is closed.
     *
     * @param lamport the highest Lamport time seen here
     * @param maxKeptBytes how many bytes of old states the cut may keep
     */
    SnapshotCut cut(long lamport, long maxKeptBytes);
  }

  /** What an asker gets. */
  public sealed interface Reply {

    /**
     * @param instant what all slices of the transfer are of
     * @param entries the slice
     * @param last whether no slice follows
     */
    record Slice(SnapshotInstant instant, List<SnapshotEntry> entries, boolean last)
        implements Reply {}

    /** The transfer is not known here: the asker has to start anew. */
    record Unknown() implements Reply {}

    /** More has changed since the begin than is kept: the asker has to start anew. */
    record Overrun() implements Reply {}

    /** As many as may be served are served already: there will be room later, or elsewhere. */
    record Busy() implements Reply {}
  }

  /**
   * A transfer under way.
   *
   * @param asker who is served
   * @param keys how many keys it was given so far
   */
  public record Serving(Replica asker, long keys) {}

  private static final class Transfer {
    final long id;
    final SnapshotCut cut;
    long number;
    Reply.Slice slice;
    long keys;
    long askedMillis;

    Transfer(long id, SnapshotCut cut) {
      this.id = id;
      this.cut = cut;
    }
  }

  private final Source source;
  private final Limits limits;
  private final Map<Replica, Transfer> transfers = new TreeMap<>();

  public SnapshotTransfers(Source source, Limits limits) {
    this.source = source;
    this.limits = limits;
  }

  /**
   * Returns a slice of a transfer; the first one begins it, at this instant. The last slice that
   * was asked for may be asked for again.
   *
   * @param asker who asks
   * @param id the asker's name for the transfer, higher than those of its earlier ones
   * @param number which slice, from 1
   * @param maxBytes what it may have; at least one key whatever its size
   * @param lamport the highest Lamport time seen here
   */
  public Reply slice(
      Replica asker, long id, long number, int maxBytes, long lamport, long nowMillis) {
    expire(nowMillis);
    Transfer known = transfers.get(asker);
    boolean isLater = known == null || known.id < id;
    if (number == 1 && isLater) {
      end(asker);
      if (serving().size() >= limits.transfers()) {
        return new Reply.Busy();
      }
      known = new Transfer(id, source.cut(lamport, limits.keptBytes()));
      transfers.put(asker, known);
    }
    if (known == null || known.id != id) {
      return new Reply.Unknown();
    }
    known.askedMillis = nowMillis;
    return slice(known, number, maxBytes);
  }

  /** Forgets the transfers that nobody asks for any more. */
  public void expire(long nowMillis) {
    List<Replica> idle =
        transfers.entrySet().stream()
            .filter(entry -> nowMillis - entry.getValue().askedMillis >= limits.idleMillis())
            .map(Map.Entry::getKey)
            .toList();
    idle.forEach(this::end);
  }

  /** Returns the transfers that still have slices to give. */
  public List<Serving> serving() {
    return transfers.entrySet().stream()
        .filter(entry -> !entry.getValue().cut.isComplete())
        .map(entry -> new Serving(entry.getKey(), entry.getValue().keys))
        .toList();
  }

  private Reply slice(Transfer transfer, long number, int maxBytes) {
    if (transfer.number == number) {
      return transfer.slice;
    }
    SnapshotCut cut = transfer.cut;
    if (number != transfer.number + 1 || cut.isComplete()) {
      return new Reply.Unknown();
    }
    if (cut.isGivenUp()) {
      return new Reply.Overrun();
    }
    List<SnapshotEntry> entries = cut.next(maxBytes);
    transfer.number = number;
    transfer.keys += entries.size();
    transfer.slice = new Reply.Slice(cut.instant(), entries, cut.isComplete());
    if (cut.isComplete()) {
      cut.close();
    }
    return transfer.slice;
  }

  private void end(Replica asker) {
    Transfer ended = transfers.remove(asker);
    if (ended != null) {
      ended.cut.close();
    }
  }
}
