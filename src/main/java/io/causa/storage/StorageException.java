package io.causa.storage;

/**
 * The data cannot be opened, read or written. The message names the directory and is for people.
 */
public final class StorageException extends RuntimeException {

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
