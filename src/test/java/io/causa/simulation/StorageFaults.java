package io.causa.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What fails next in the storage of one process, and how; each fault strikes once. */
final class StorageFaults {

  /** A call that makes something durable. */
  enum Call {
    COMMIT("a commit"),
    INSTALL("the install of a snapshot"),
    ROSTER("the write of a roster"),
    STANDING("the write of a standing");

    private final String words;

    Call(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** How such a call fails. */
  enum Way {
    /** It reports a failure, and nothing of it is on the disk. */
    NOTHING_WRITTEN(false, true, "failed"),
    /** It reports a failure, and all of it is on the disk. */
    ALL_WRITTEN(true, true, "failed, but was written"),
    /** It never ends, and nothing of it is on the disk. */
    HANGS(false, false, "never ended"),
    /** It never ends, and all of it is on the disk. */
    HANGS_WRITTEN(true, false, "never ended, but was written");

    private final boolean writes;
    private final boolean reports;
    private final String words;

    Way(boolean writes, boolean reports, String words) {
      this.writes = writes;
      this.reports = reports;
      this.words = words;
    }

    /** Whether all of it reaches the disk. */
    boolean writes() {
      return writes;
    }

    /** Whether its caller is told; if not, the process is killed some time later. */
    boolean reports() {
      return reports;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private final Map<Call, Way> armed = new EnumMap<>(Call.class);
  private boolean readFails;
  private boolean struck;

  /** The next call of this kind fails in this way. */
  void arm(Call call, Way way) {
    armed.put(call, way);
  }

  /** The next read of the log fails. */
  void armRead() {
    readFails = true;
  }

  /** Nothing more fails. */
  void disarm() {
    armed.clear();
    readFails = false;
  }

  /**
   * Such a call begins.
   *
   * @param full whether the disk has no room for it
   * @return how it fails; empty if it does not
   */
  Optional<Way> take(Call call, boolean full) {
    Optional<Way> way =
        full ? Optional.of(Way.NOTHING_WRITTEN) : Optional.ofNullable(armed.remove(call));
    struck |= way.isPresent();
    return way;
  }

  /** A read begins; whether it fails. */
  boolean takeRead() {
    boolean fails = readFails;
    readFails = false;
    struck |= fails;
    return fails;
  }

  /** Whether anything has failed, so that the process may stop. */
  boolean haveStruck() {
    return struck;
  }
}
