package io.causa.replication;

import io.causa.clock.Replica;

/** What became of the order to forget a member. */
public sealed interface Forgetting {

  /** It is forgotten here, and all others will hear of it. */
  record Forgotten(Replica replica) implements Forgetting {}

  /** Nobody ever told of that name. */
  record Unknown(String name) implements Forgetting {}

  /** It was heard a moment ago, so it has not left. */
  record Live(Replica replica, long heardMillisAgo) implements Forgetting {}

  /** It is this replica. */
  record Self(Replica replica) implements Forgetting {}
}
