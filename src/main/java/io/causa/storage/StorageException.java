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

  /** Returns why a storage takes no more commits once one has failed. */
  public static StorageException afterAFailure() {
    return new StorageException(
        "an earlier commit failed, and what it left behind is unknown; start the node again");
  }
}
