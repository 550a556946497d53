package io.causa.node.port;

import io.causa.clock.Replica;

/** What became of the order to forget a member. */
public sealed interface ForgetOutcome {

  /** It is a member no more, since now or since before. */
  record Forgotten(Replica replica) implements ForgetOutcome {}

  /** Nobody of that name is known here. */
  record Unknown(String name) implements ForgetOutcome {}

  /** It was heard a moment ago: surely not forgotten. */
  record Live(Replica replica, long heardMillisAgo) implements ForgetOutcome {}

  /** It is this node itself: surely not forgotten. */
  record Self(Replica replica) implements ForgetOutcome {}
}
