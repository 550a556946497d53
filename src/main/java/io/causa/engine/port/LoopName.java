package io.causa.engine.port;

import java.util.Locale;

/** The loops of an engine. */
public enum LoopName {
  /** Stamps, commits and applies writes, and answers the requests of clients. */
  STORE,
  /** Takes in the writes of peers and puts them in causal order. */
  DELIVERY,
  /** Talks to the peers. */
  REPLICATION,
  /** Tells subscribers of applied writes. */
  FEED;

  /** Returns the name as people read it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
