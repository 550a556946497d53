package io.causa.access.file;

/** The file of tokens cannot be used. The message is for people: what is wrong, and what to do. */
public final class AccessFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccessFileException(String message) {
    super(message);
  }

  AccessFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
