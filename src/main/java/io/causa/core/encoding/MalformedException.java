package io.causa.core.encoding;

/** The bytes are not what a writer of this format makes. Expected of any input from outside. */
public sealed class MalformedException extends Exception permits UnsupportedException {

  public MalformedException(String message) {
    super(message);
  }
}
