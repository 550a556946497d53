package io.causa.membership;

import io.causa.clock.Replica;

/**
 * A member of the cluster as this replica sees it.
 *
 * @param replica which generation of its name is the member
 * @param state whether it was heard
 */
public record MemberView(Replica replica, State state) {

  /** How a member is doing. */
  public enum State {
    /** It is this replica. */
    SELF,
    /** It was heard a moment ago. */
    LIVE,
    /** It was not heard for longer than the configured time, or never in this run. */
    SILENT
  }
}
