package io.causa.cli.playground;

import java.util.Locale;

/** What a second terminal can ask of a cluster. */
public enum Verb {
  LIST,
  START,
  STOP,
  KILL,
  PAUSE,
  RESUME,
  ADD,
  DOWN;

  /** As people type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
