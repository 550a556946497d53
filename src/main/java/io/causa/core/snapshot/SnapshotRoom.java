package io.causa.core.snapshot;

import io.causa.core.DataLimit;
import io.causa.core.DataSize;
import io.causa.core.KeyState;
import io.causa.core.ReadView;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How much of another replica's snapshot may be here before it is installed, beside the data.
 *
 * <p>What the snapshot has in common with the data is not held twice: such an entry is replaced by
 * the state that is here. So a replica that lacks little needs little room, however full it is.
 *
 * <p>Any thread may ask.
 */
public final class SnapshotRoom {

  /** Room for any snapshot. */
  public static final SnapshotRoom UNLIMITED =
      new SnapshotRoom(key -> Optional.empty(), () -> 0, DataLimit.NONE);

  /** What an entry occupies whose state is shared with the data. */
  private static final long SHARED_BYTES = 32;

  private final Function<String, Optional<KeyState>> here;
  private final LongSupplier usedBytes;
  private final DataLimit limit;

  /**
   * @param here the data
   * @param usedBytes what it occupies, as {@link DataSize} counts it
   * @param limit how large it may become
   */
  public SnapshotRoom(ReadView here, LongSupplier usedBytes, DataLimit limit) {
    this(here::get, usedBytes, limit);
  }

  private SnapshotRoom(
      Function<String, Optional<KeyState>> here, LongSupplier usedBytes, DataLimit limit) {
    this.here = here;
    this.usedBytes = usedBytes;
    this.limit = limit;
  }

  /** The entry, with the state that is here if that is the same. */
  public SnapshotEntry share(SnapshotEntry entry) {
    return here.apply(entry.key())
        .filter(entry.state()::equals)
        .map(same -> new SnapshotEntry(same.key(), same))
        .orElse(entry);
  }

  /**
   * What the entry occupies beside the data, in bytes.
   *
   * @param shared what {@link #share} made of it
   */
  public static long bytes(SnapshotEntry entry, SnapshotEntry shared) {
    return shared == entry ? SHARED_BYTES + DataSize.of(entry.state()) : SHARED_BYTES;
  }

  /** Whether so many bytes may be here beside the data. */
  public boolean fits(long bytes) {
    return usedBytes.getAsLong() + bytes <= limit.withSnapshotBytes();
  }

  /** Describes, for people, what there is room for once a snapshot and the data are joined. */
  public String describeJoined() {
    return "and with it the data would have more than %d, its limit and reserve (store.dataBytes %d)"
        .formatted(limit.withReserveBytes(), limit.bytes());
  }

  /** The data and the limits, for people. */
  public String describe() {
    return "%d bytes of data are here, and both together may have %d (store.dataBytes %d)"
        .formatted(usedBytes.getAsLong(), limit.withSnapshotBytes(), limit.bytes());
  }
}
