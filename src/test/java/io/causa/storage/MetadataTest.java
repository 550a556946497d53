package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.core.encoding.Fields;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.UnsupportedException;
import io.causa.membership.Feature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

class MetadataTest {

  private static final byte[] NAME = "roster".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BODY = {1, 2, 3};

  @TempDir Path directory;
  private RocksDatabase database;
  private Metadata metadata;

  private interface Writing {
    void to(WriteBatch batch) throws RocksDBException, MalformedException;
  }

  @BeforeEach
  void begin() throws Exception {
    database = new RocksDatabase(directory, WALRecoveryMode.AbsoluteConsistency);
    metadata = database.metadata();
    assertThat(metadata.hasFormat()).isFalse();
    assertThatThrownBy(metadata::requireFormat).hasMessage("its format is gone");
    write(metadata::begin);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRecordHasABodyAndWhatAReaderMayPassOver() throws Exception {
    write(batch -> metadata.put(batch, NAME, BODY, Fields.NONE.with(1, new byte[] {9})));

    Metadata.Found found = metadata.find(NAME).orElseThrow();
    assertThat(found.body()).isEqualTo(BODY);
    assertThat(found.fields().find(1).orElseThrow().readRest()).containsExactly(9);
    assertThat(metadata.body(NAME)).hasValue(BODY);
    assertThat(metadata.body("missing".getBytes(StandardCharsets.US_ASCII))).isEmpty();
  }

  /** A version that does not know the feature refuses the directory, and says why. */
  @Test
  void whatAReaderMustKnowIsNotedAndHeldAgainstWhatIsKnown() throws Exception {
    assertThat(metadata.required()).isEmpty();
    write(batch -> metadata.need(batch, Feature.BASES));

    if (Feature.known().contains(Feature.BASES.text())) {
      metadata.requireFormat();
      assertThat(metadata.required()).containsExactly("bases");
    } else {
      assertThatThrownBy(metadata::requireFormat)
          .isInstanceOf(UnsupportedException.class)
          .hasMessageContaining(directory + " needs the feature bases");
    }
  }

  @Test
  void aFormatThatIsNotedTwiceIsTheSame() throws Exception {
    write(batch -> metadata.put(batch, NAME, BODY));
    try (WriteBatch batch = new WriteBatch()) {
      metadata.upgrade(batch);
      assertThat(batch.count()).isZero();
    }
  }

  @Test
  void aTruncatedRecordIsMalformed() throws Exception {
    write(batch -> metadata.put(batch, NAME, BODY));
    byte[] whole = database.db().get(database.meta(), NAME);

    for (int length = 0; length < whole.length; length++) {
      database.db().put(database.meta(), NAME, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> metadata.find(NAME)).isInstanceOf(MalformedException.class);
    }
  }

  private void write(Writing writing) throws RocksDBException, MalformedException {
    try (WriteBatch batch = new WriteBatch();
        WriteOptions options = new WriteOptions()) {
      writing.to(batch);
      database.db().write(options, batch);
    }
  }
}
