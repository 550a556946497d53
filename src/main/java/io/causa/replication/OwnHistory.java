package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.membership.Roster;
import io.causa.replication.Action.NoteDoubt;
import io.causa.replication.Action.OlderCopy;
import io.causa.replication.OwnPast.Certainty;
import io.causa.replication.PeerMessage.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Notices that the data of this replica is an older copy of itself, such as a restored backup: then
 * a peer knows own writes that are not here, and the next own write would get a dot that is taken.
 *
 * <p>Until the members have been heard nobody can tell. A replica that has to serve clients before
 * that notes durably what it doubts, and keeps the own writes that it stamps meanwhile to itself:
 * no digest claims them, no batch carries them. So their dots can still be changed.
 *
 * <p>Owner: the replication loop.
 */
final class OwnHistory {

  /**
   * How long the others are waited for while some member is heard, in intervals between digests. A
   * peer that takes this replica for silent sends it two in that time.
   */
  static final int GRACE_DIGESTS = 2 * Replicator.SILENT_DIGEST_SCALE;

  private final Replica self;
  private final long session;
  private final OwnPast past;
  private final long trusted;
  private final long graceMillis;
  private final long mostPauseMillis;
  private final Set<String> heard = new HashSet<>();
  private Certainty certainty;
  private boolean noting;
  private boolean confirmed;
  private long heardAtMillis;
  private long contactMillis;
  private long sent;
  private boolean olderCopy;
  private VersionVector beforeKept = VersionVector.EMPTY;

  /**
   * @param session this run's, which a digest must know to count as an answer to it
   */
  OwnHistory(Replica self, long session, OwnPast past, long digestIntervalMillis) {
    this.self = self;
    this.session = session;
    this.past = past;
    this.trusted = past.trusted();
    this.certainty = past.certainty();
    this.confirmed = certainty == Certainty.NEW;
    this.graceMillis = GRACE_DIGESTS * digestIntervalMillis;
    this.mostPauseMillis = 2 * digestIntervalMillis;
  }

  /** These writes are about to leave; those of others among them do not matter. */
  void sending(List<Write> writes) {
    for (Write write : writes) {
      if (write.origin().equals(self)) {
        sent = Math.max(sent, write.dot().sequence());
      }
    }
  }

  /** All that the vector covers is about to leave. */
  void sending(VersionVector vector) {
    sent = Math.max(sent, vector.get(self));
  }

  /** A digest arrived: compares it, too. */
  Optional<OlderCopy> hear(Digest digest, long own, long nowMillis) {
    if (digest.heardSession() == session) {
      hear(digest.sender().name(), nowMillis);
    }
    return compare(digest.sender(), digest.received().join(digest.applied()), own);
  }

  /**
   * @param known what the peer knows of
   * @param own how many own writes are applied here
   * @return what is wrong, if the peer knows more own writes than can have left
   */
  Optional<OlderCopy> compare(Replica peer, VersionVector known, long own) {
    long there = known.get(self);
    if (there <= mayLeave(own)) {
      return Optional.empty();
    }
    olderCopy = true;
    return Optional.of(new OlderCopy(peer, there, trusted, sent > trusted));
  }

  /** What was sent to an earlier run may not know how that went on. */
  private void hear(String peer, long nowMillis) {
    if (!heard.isEmpty()) {
      contactMillis += Math.min(nowMillis - heardAtMillis, mostPauseMillis);
    }
    heardAtMillis = nowMillis;
    heard.add(peer);
  }

  /** Whether a peer has shown this to be an older copy: then nothing more may be said to anyone. */
  boolean isOlderCopy() {
    return olderCopy;
  }

  /** Up to which sequence own writes may leave, of so many that are applied here. */
  long mayLeave(long own) {
    return confirmed ? own : Math.min(own, trusted);
  }

  /** What of the vector others may hear of. */
  VersionVector mayLeave(VersionVector vector) {
    return confirmed ? vector : past.shared(self, vector);
  }

  /** This is applied here now. */
  void applied(VersionVector applied) {
    if (!keepsAny(applied)) {
      beforeKept = applied;
    }
  }

  /**
   * What others may take for applied here. An own write that is kept back has not seen what came
   * after it: if that were claimed, they could take it for seen by all that is still to come.
   */
  VersionVector claim(VersionVector applied) {
    return keepsAny(applied) ? beforeKept : applied;
  }

  private boolean keepsAny(VersionVector vector) {
    return !confirmed && vector.get(self) > trusted;
  }

  /**
   * Decides whether it is known by now, and what to note.
   *
   * @param isWanted whether clients wait to be served
   */
  Optional<NoteDoubt> look(Roster roster, boolean isWanted) {
    if (confirmed || noting) {
      return Optional.empty();
    }
    boolean isEnough = hasHeardEnough(roster);
    if (isEnough && certainty == Certainty.UNCONFIRMED) {
      confirmed = true; // nothing to take back
      return Optional.empty();
    }
    if (isEnough || (isWanted && certainty == Certainty.UNCONFIRMED)) {
      noting = true;
      return Optional.of(new NoteDoubt(!isEnough, trusted));
    }
    return Optional.empty();
  }

  /** What {@link #look} asked for is durable. */
  void noted(NoteDoubt note) {
    noting = false;
    confirmed = !note.doubted();
    certainty = note.doubted() ? Certainty.DOUBTED : Certainty.UNCONFIRMED;
  }

  /** Whether the data is known to be the latest there is of this replica. */
  boolean isConfirmed() {
    return confirmed;
  }

  /** Whether own writes may be stamped: if they turn out to be wrong, that can be mended. */
  boolean mayStamp() {
    return confirmed || certainty == Certainty.DOUBTED;
  }

  /**
   * All members, or after a while those that can be heard: a member that is dead must not keep a
   * replica from being replicated.
   */
  private boolean hasHeardEnough(Roster roster) {
    if (heard.isEmpty()) {
      return false;
    }
    boolean all =
        roster.members().stream()
            .allMatch(member -> member.equals(self) || heard.contains(member.name()));
    return all || contactMillis >= graceMillis;
  }
}
