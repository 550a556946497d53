package io.causa.replication.message;

/** The ways by which messages reach a replica; each is registered with the cluster by itself. */
public enum Channel {
  /** Batches of writes for this replica. */
  WRITES,
  /** Digests, pulls and greetings for this replica. */
  CONTROL,
  /** Presences for everybody. */
  PRESENCE
}
