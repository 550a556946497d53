package io.causa.storage;

import java.nio.file.Path;

/** A directory holds more data than this process has memory for. */
public final class DataTooLargeException extends StorageException {

  private final long dataBytes;

  DataTooLargeException(Path directory, long dataBytes, long mostBytes) {
    super(
        "the data in %s needs %d bytes of memory, and this node has room for %d"
            .formatted(directory, dataBytes, mostBytes));
    this.dataBytes = dataBytes;
  }

  /** What the data occupies in memory, about. */
  public long dataBytes() {
    return dataBytes;
  }
}
