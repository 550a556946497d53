package io.causa.storage;

import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.identity.LastRun;
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
  private static final byte[] LAST_RUN = "last-run".getBytes(StandardCharsets.US_ASCII);
  private static final int RECORD_BYTES = 64;

  private final RocksDatabase database;
  private final boolean buffered;
  private final DirectoryMark mark;
  private final String boot;

  /**
   * @param bootId a file that has another content after each start of the machine
   */
  Provenance(RocksDatabase database, RocksStorage.Options options, Path bootId) {
    this.database = database;
    this.buffered = options.durability() == RocksStorage.Durability.BUFFERED;
    this.mark = new DirectoryMark(options.directory());
    this.boot = read(bootId);
  }

  private static String read(Path bootId) {
    try {
      return Files.readString(bootId).strip();
    } catch (IOException notLinux) {
      return "";
    }
  }

  /** Why this may not be the latest data of its replica, for people; empty if it surely is. */
  Optional<String> mayBeOlder() throws RocksDBException, MalformedException {
    byte[] noted = database.db().get(database.meta(), MARK);
    if (noted != null && !mark.read().equals(Optional.of(text(noted)))) {
      return Optional.of("it is a copy of the directory in which its node ran last");
    }
    Optional<LastRun> last = lastRun();
    return last.filter(run -> run.mayHaveLost(boot))
        .map(
            run ->
                "the machine went down under a node in mode buffered, which may have lost writes");
  }

  private Optional<LastRun> lastRun() throws RocksDBException, MalformedException {
    byte[] bytes = database.db().get(database.meta(), LAST_RUN);
    if (bytes == null) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(bytes);
    boolean wasBuffered = in.readBetween(0, 1, "a flag") == 1;
    boolean closed = in.readBetween(0, 1, "a flag") == 1;
    return Optional.of(new LastRun(wasBuffered, closed, in.readString("a boot")));
  }

  /** A run begins: what is noted goes with the batch. */
  void begin(WriteBatch batch) throws RocksDBException {
    byte[] noted = database.db().get(database.meta(), MARK);
    Optional<String> found = mark.read();
    boolean isKnown = found.isPresent() && (noted == null || found.get().equals(text(noted)));
    String known = isKnown ? found.get() : mark.make();
    batch.put(database.meta(), MARK, known.getBytes(StandardCharsets.US_ASCII));
    batch.put(database.meta(), LAST_RUN, lastRun(false));
  }

  /** The run ends in order: all that it wrote is on the disk with this. */
  void end() throws RocksDBException {
    if (!buffered) {
      return; // it always was
    }
    try (WriteOptions sync = new WriteOptions().setSync(true)) {
      database.db().put(database.meta(), sync, LAST_RUN, lastRun(true));
    }
  }

  private byte[] lastRun(boolean closed) {
    ByteWriter out = new ByteWriter(RECORD_BYTES);
    return out.writeByte(buffered ? 1 : 0).writeByte(closed ? 1 : 0).writeString(boot).toBytes();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
