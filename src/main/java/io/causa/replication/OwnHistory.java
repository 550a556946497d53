package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.core.Write;
import io.causa.replication.Action.OlderCopy;
import io.causa.replication.PeerMessage.Digest;
import java.util.List;
import java.util.Optional;

/**
 * Notices that the data of this replica is an older copy of itself, such as a restored backup: then
 * a peer knows own writes that are not here, and the next own write would get a dot that is taken.
 *
 * <p>Owner: the replication loop.
 */
final class OwnHistory {

  private final Replica self;
  private final long atStart;
  private long sent;
  private boolean olderCopy;

  /**
   * @param atStart how many own writes the data held when it was opened
   */
  OwnHistory(Replica self, long atStart) {
    this.self = self;
    this.atStart = atStart;
  }

  /** These writes are about to leave; those of others among them do not matter. */
  void sending(List<Write> writes) {
    for (Write write : writes) {
      if (write.origin().equals(self)) {
        sent = Math.max(sent, write.dot().sequence());
      }
    }
  }

  /**
   * @param own how many own writes are applied here
   * @return what is wrong, if the peer knows more own writes than there are
   */
  Optional<OlderCopy> compare(Digest heard, long own) {
    long there = Math.max(heard.received().get(self), heard.applied().get(self));
    if (there <= own) {
      return Optional.empty();
    }
    olderCopy = true;
    return Optional.of(new OlderCopy(heard.sender(), there, atStart, sent > atStart));
  }

  /** Whether a peer has shown this to be an older copy: then nothing more may be said to anyone. */
  boolean isOlderCopy() {
    return olderCopy;
  }
}
