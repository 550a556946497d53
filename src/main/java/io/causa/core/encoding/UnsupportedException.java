package io.causa.core.encoding;

/** The bytes are of another version of Causa than this one reads. The message says of which. */
public final class UnsupportedException extends MalformedException {

  public UnsupportedException(String message) {
    super(message);
  }
}
