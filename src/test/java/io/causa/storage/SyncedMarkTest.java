package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.identity.LogMark;
import io.causa.identity.Standing;
import io.causa.identity.State;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file is read as a later process would find it, at any moment. */
class SyncedMarkTest {

  private static final int SECOND_SLOT = 4096;

  @TempDir Path directory;
  private SyncedMark mark;

  @BeforeEach
  void name() {
    mark = new SyncedMark(directory);
  }

  @Test
  void withoutAFileThereIsNoMark() {
    assertThat(mark.read()).isEmpty();
  }

  @Test
  void whatWasMadeIsReadAndMayBeLess() throws IOException {
    mark.make(at(70));
    assertThat(mark.read().map(LogMark::change)).hasValue(70L);
    mark.make(at(3));
    assertThat(mark.read().map(LogMark::change)).hasValue(3L);
    try (var files = Files.list(directory)) {
      assertThat(files.map(Path::getFileName)).containsExactly(Path.of("synced"));
    }
  }

  @Test
  void aRaiseIsThereAtOnceAndAMarkNeverFalls() {
    mark.make(at(0));
    SyncedMarkWriter writer = mark.open();
    writer.raise(5);
    assertThat(mark.read().map(LogMark::change)).hasValue(5L);
    writer.raise(4);
    assertThat(mark.read().map(LogMark::change)).hasValue(5L);
    writer.close();
    assertThat(mark.read().map(LogMark::change)).hasValue(5L);
  }

  @Test
  void aTornRaiseLeavesTheMarkThatWasFlushedLast() throws IOException {
    mark.make(at(10));
    SyncedMarkWriter writer = mark.open();
    for (long flushed = 10; flushed < 60; flushed += 10) {
      writer.raise(flushed + 5);
      writer.raise(flushed + 10);
      int torn = isIn(0, flushed + 10) ? 0 : SECOND_SLOT;
      flip(torn);
      assertThat(mark.read().map(LogMark::change)).hasValue(flushed);
      flip(torn);
      writer.flush();
    }
    writer.close();
  }

  @Test
  void theStandingStaysWhenTheMarkIsRaised() {
    mark.make(at(1));
    SyncedMarkWriter writer = mark.open();
    writer.stand(2, Standing.doubted(6));
    assertThat(mark.read()).hasValue(new LogMark(2, 9, Standing.doubted(6)));
    writer.raise(3);
    writer.flush();
    writer.raise(4);
    assertThat(mark.read()).hasValue(new LogMark(4, 9, Standing.doubted(6)));
    writer.close();
    writer = mark.open();
    writer.raise(5);
    assertThat(mark.read()).hasValue(new LogMark(5, 9, Standing.doubted(6)));
    writer.close();
  }

  @Test
  void duringAFlushNeitherSlotChanges() {
    mark.make(at(1));
    SyncedMarkWriter writer = mark.open();
    writer.raise(2);
    assertThat(writer.beginFlush()).isTrue();
    writer.raise(3);
    assertThat(mark.read().map(LogMark::change)).hasValue(2L);
    writer.endFlush();
    assertThat(mark.read().map(LogMark::change)).hasValue(3L);
    writer.close();
  }

  @Test
  void thereIsNothingToFlushTwice() {
    mark.make(at(1));
    SyncedMarkWriter writer = mark.open();
    assertThat(writer.beginFlush()).isFalse();
    writer.raise(2);
    writer.flush();
    assertThat(writer.beginFlush()).isFalse();
    writer.close();
  }

  @Test
  void aFileWithoutAWholeSlotIsNoMark() throws IOException {
    mark.make(at(9));
    flip(0);
    assertThat(mark.read()).isEmpty();
    Files.writeString(directory.resolve("synced"), "torn");
    assertThat(mark.read()).isEmpty();
    Files.writeString(directory.resolve("synced"), "");
    assertThat(mark.read()).isEmpty();
  }

  /** The checksum is right. */
  @Test
  void aSlotWithAnUnknownStandingIsNoMark() throws IOException {
    for (long standing : List.of(-1L, 4L, 1L << 32)) {
      ByteBuffer slot = ByteBuffer.allocate(SECOND_SLOT * 2);
      slot.putLong(0x6361757361535901L).putLong(9).putLong(9).putLong(standing).putLong(0);
      CRC32C sum = new CRC32C();
      sum.update(slot.array(), 0, slot.position());
      Files.write(directory.resolve("synced"), slot.putInt((int) sum.getValue()).array());
      assertThat(mark.read()).isEmpty();
    }
  }

  @Test
  void onlyWhatADirectoryCanSayIsMarked() {
    LogMark unsaid = new LogMark(3, 9, new Standing(State.UNCONFIRMED, 2));
    assertThatThrownBy(() -> mark.make(unsaid)).isInstanceOf(IllegalArgumentException.class);
    assertThat(mark.read()).isEmpty();
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    mark.make(at(9));
    SyncedMarkWriter writer = mark.open();
    writer.close();
    assertThatThrownBy(() -> writer.raise(10))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(directory.resolve("synced").toString());
  }

  private static LogMark at(long change) {
    return new LogMark(change, 9, Standing.TRUSTED);
  }

  /** The change follows eight bytes that are the same in each slot. */
  private boolean isIn(int slot, long change) throws IOException {
    try (RandomAccessFile file = open()) {
      file.seek(slot + Long.BYTES);
      return file.readLong() == change;
    }
  }

  /** The checksum of the slot does not fit any more; a second time, it fits again. */
  private void flip(int slot) throws IOException {
    try (RandomAccessFile file = open()) {
      file.seek(slot + 2L * Long.BYTES - 1);
      int old = file.read();
      file.seek(slot + 2L * Long.BYTES - 1);
      file.write(old ^ 0x80);
    }
  }

  private RandomAccessFile open() throws IOException {
    return new RandomAccessFile(directory.resolve("synced").toFile(), "rw");
  }
}
