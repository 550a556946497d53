package io.causa.membership;

import io.causa.clock.Replica;

/** What became of the order to forget a member. */
public sealed interface ForgetOutcome {

  /** It is a member no more, since now or since before; all others will hear of it. */
  record Forgotten(Replica replica) implements ForgetOutcome {}

  /** A member of that name was never heard of. */
  record Unknown(String name) implements ForgetOutcome {}

  /** It was heard a moment ago, so it has not left. */
  record Live(Replica replica, long heardMillisAgo) implements ForgetOutcome {}

  /** It is this replica itself. */
  record Self(Replica replica) implements ForgetOutcome {}
}
