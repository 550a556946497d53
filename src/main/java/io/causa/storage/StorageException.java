package io.causa.storage;

/**
 * The data cannot be opened, read or written. The message names the directory and is for people.
 */
public sealed class StorageException extends RuntimeException permits DataTooLargeException {

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
