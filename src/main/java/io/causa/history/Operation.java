package io.causa.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a client asked for. */
public enum Operation {
  /**
   * Not a request: the state before the first one. It happened before everything else in the
   * history.
   */
  INITIAL,
  PUT,
  DELETE,
  /** Several puts and deletes as one write with one version. */
  BATCH,
  GET,
  /** Several keys read together. */
  SNAPSHOT,
  /** A read made when all faults are gone and the nodes say that they have settled. */
  FINAL;

  /** Whether it can give a key a new version. */
  public boolean writes() {
    return this == INITIAL || this == PUT || this == DELETE || this == BATCH;
  }

  /** Whether its accesses tell what a node showed. */
  public boolean reads() {
    return this == GET || this == SNAPSHOT || this == FINAL;
  }

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
