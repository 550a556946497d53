package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.identity.LastRun;
import io.causa.identity.LogEnd;
import io.causa.identity.LogMark;
import io.causa.identity.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Whether the data in a directory is surely the latest of its replica, as far as that can be told
 * without asking anyone.
 */
final class Provenance {

  /** What Linux calls this start of the machine. */
  static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private static final byte[] MARK = "mark".getBytes(StandardCharsets.US_ASCII);

  /** There since the directory has had the mark of what is synced. */
  private static final byte[] MARKS_SYNCS = "marks-syncs".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] LAST_RUN = "last-run".getBytes(StandardCharsets.US_ASCII);
  private static final int RECORD_BYTES = 64;

  private final RocksDatabase database;
  private final boolean buffered;
  private final DirectoryMark mark;
  private final SyncedMark synced;
  private final LogEnd end;
  private final String boot;

  /**
   * @param bootId a file that has another content after each start of the machine
   */
  Provenance(RocksDatabase database, RocksStorage.Options options, Path bootId)
      throws RocksDBException {
    this.database = database;
    this.buffered = options.durability() == RocksStorage.Durability.BUFFERED;
    this.mark = new DirectoryMark(options.directory());
    this.synced = new SyncedMark(options.directory());
    this.boot = read(bootId);
    this.end = logEnd(database, options.directory());
  }

  private static String read(Path bootId) {
    try {
      return Files.readString(bootId).strip();
    } catch (IOException notLinux) {
      return "";
    }
  }

  /** Why this may not be the latest data of the replica, for people; empty if it surely is. */
  Optional<String> mayBeOlder(Replica self) throws RocksDBException, MalformedException {
    Optional<String> noted = noted();
    if (noted.isPresent() && !mark.read().equals(noted)) {
      return Optional.of("it is a copy of the directory in which its node ran last");
    }
    if (end.mayHaveLost(self)) {
      return Optional.of(explain(end));
    }
    Optional<LastRun> last = lastRun();
    return last.filter(run -> run.mayHaveLost(boot))
        .map(
            run ->
                "the machine went down under a node in mode buffered, which may have lost writes");
  }

  /** Where the log of an open database ends, and where it must not end before. */
  static LogEnd logEnd(RocksDatabase database, Path directory) throws RocksDBException {
    boolean marked = database.db().get(database.meta(), MARKS_SYNCS) != null;
    Optional<LogMark> mark = new SyncedMark(directory).read();
    return new LogEnd(database.db().getLatestSequenceNumber(), mark, marked);
  }

  private static String explain(LogEnd end) {
    return !end.endsEarly()
        ? "its file `synced`, which says how much of the write-ahead log was on the disk, is missing, damaged or of another directory"
        : "its write-ahead log ends with change %d, but change %d was on the disk. The log was cut short or replaced by an older one; the writes that it lacks come back if a peer has them"
            .formatted(end.last(), end.mark().get().change());
  }

  private Optional<LastRun> lastRun() throws RocksDBException, MalformedException {
    Optional<byte[]> last = database.metadata().body(LAST_RUN);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(last.get());
    boolean wasBuffered = in.readBetween(0, 1, "a flag") == 1;
    boolean closed = in.readBetween(0, 1, "a flag") == 1;
    return Optional.of(new LastRun(wasBuffered, closed, in.readString("a boot")));
  }

  /** A run begins: what is noted goes with the batch. */
  void begin(WriteBatch batch) throws RocksDBException, MalformedException {
    Optional<String> noted = noted();
    Optional<String> found = mark.read();
    boolean isKnown = found.isPresent() && (noted.isEmpty() || found.equals(noted));
    String known = isKnown ? found.get() : mark.make();
    database.metadata().put(batch, MARK, known.getBytes(StandardCharsets.US_ASCII));
    database.metadata().put(batch, LAST_RUN, lastRun(false));
    if (!end.marked() && end.mark().isEmpty()) {
      synced.make(new LogMark(0, 0, Standing.TRUSTED)); // before the data says that there is one
    }
    database.metadata().put(batch, MARKS_SYNCS, new byte[0]);
  }

  /** The batch is on the disk, and with it all that was found. */
  void begun(Replica self, Standing standing) {
    long change = database.db().getLatestSequenceNumber();
    synced.make(new LogMark(change, self.generation(), standing));
  }

  /** Where the log ended when the database was opened. */
  LogEnd logEnd() {
    return end;
  }

  /** The run ends in order: all that it wrote is on the disk with this. */
  void end() throws RocksDBException {
    if (!buffered) {
      return; // it always was
    }
    try (WriteBatch batch = new WriteBatch();
        WriteOptions sync = new WriteOptions().setSync(true)) {
      database.metadata().put(batch, LAST_RUN, lastRun(true));
      database.db().write(sync, batch);
    }
  }

  private byte[] lastRun(boolean closed) {
    ByteWriter out = new ByteWriter(RECORD_BYTES);
    return out.writeByte(buffered ? 1 : 0).writeByte(closed ? 1 : 0).writeString(boot).toBytes();
  }

  private Optional<String> noted() throws RocksDBException, MalformedException {
    return database
        .metadata()
        .body(MARK)
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
  }
}
