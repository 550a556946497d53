package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.identity.LogMark;
import io.causa.identity.Standing;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mark follows the syncs and never leads, and a sync that failed is told. */
class WalSyncTest {

  @TempDir Path directory;

  private final FakeLog log = new FakeLog();
  private SyncedMark mark;
  private SyncedMarkWriter writer;
  private WalSync walSync;

  private static final class FakeLog implements WalSync.Log {

    private long written = 10;
    private long writtenDuringASync;
    private RuntimeException failure;

    @Override
    public long lastChange() {
      return written;
    }

    @Override
    public void sync() {
      if (failure != null) {
        throw failure;
      }
      written += writtenDuringASync;
    }
  }

  @BeforeEach
  void begin() {
    mark = new SyncedMark(directory);
    mark.make(new LogMark(0, 9, Standing.TRUSTED));
    writer = mark.open();
  }

  @Test
  void whatIsWrittenDuringASyncIsNotMarkedByIt() {
    log.writtenDuringASync = 5;
    walSync = new WalSync(log, false, writer);
    walSync.tick();
    assertThat(marked()).isLessThan(log.written);
  }

  @Test
  void aCommitThatNothingHasSyncedIsNotMarked() {
    walSync = new WalSync(log, false, writer);
    walSync.committed();
    assertThat(marked()).isZero();
    walSync.close();
    assertThat(marked()).isEqualTo(10);
  }

  @Test
  void aSyncedCommitIsMarkedAtOnceAndFlushedByTheTimer() {
    walSync = new WalSync(log, true, writer);
    walSync.committed();
    assertThat(marked()).isEqualTo(10);
    walSync.tick();
    assertThat(writer.beginFlush()).as("there is something to flush").isFalse();
  }

  @Test
  void afterAFailedSyncNoCommitIsTakenAndNothingIsMarked() {
    walSync = new WalSync(log, false, writer);
    assertThatCode(walSync::check).doesNotThrowAnyException();
    log.failure = new StorageException("the disk is gone");
    walSync.tick();
    log.failure = null;
    walSync.tick();
    walSync.close();

    assertThatThrownBy(walSync::check)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("the disk is gone");
    assertThat(marked()).isZero();
  }

  /** Without that the timer would stop, and no sync would ever follow. */
  @Test
  void aFailureThatNobodyExpectsIsToldToo() {
    walSync = new WalSync(log, false, writer);
    log.failure = new IllegalStateException("a defect");
    walSync.tick();
    assertThatThrownBy(walSync::check)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("a defect");
  }

  private long marked() {
    return mark.read().orElseThrow().change();
  }
}
