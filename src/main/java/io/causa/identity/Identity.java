package io.causa.identity;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.Collection;
import java.util.Optional;

/**
 * The identity of a running replica: which own writes may be stamped, and which may leave.
 *
 * <p>The data of a replica can be an older copy of itself, for example a restored volume. Then a
 * peer knows own writes that are not here, and the next own write would get a dot that is taken.
 *
 * <p>Until the members have been heard nobody can tell. A replica that has to serve clients before
 * that is <em>doubted</em>: its directory says so, and the own writes that it stamps meanwhile are
 * <em>kept back</em>, so that their dots can still be changed.
 *
 * <p>Before this generation holds its name, and its directory says so, nobody reckons with it: it
 * stamps nothing, and the own writes that it may have, as they were renamed, stay here. Another
 * generation may live that it must give way to.
 *
 * <p>A state counts from the moment at which the directory says it, if a start would not find it
 * out again. An end counts at once: nothing leaves any more.
 *
 * <p>Owner: the replication loop.
 */
public final class Identity {

  private final Replica self;
  private final long session;
  private final Witnesses witnesses;
  private Standing standing;
  private Optional<Standing> noting = Optional.empty();
  private Optional<Standing> end = Optional.empty();
  private boolean declared;
  private long sent;
  private VersionVector beforeKeptBack = VersionVector.EMPTY;

  /**
   * @param graceMillis how long the other members are waited for while some member is heard
   * @param mostPauseMillis how much of a time in which nobody is heard counts for that
   */
  public Identity(Replica self, Incarnation run, long graceMillis, long mostPauseMillis) {
    this.self = self;
    this.session = run.session();
    this.standing = run.standing();
    this.witnesses = new Witnesses(self, graceMillis, mostPauseMillis);
  }

  /** Returns the state that counts now. */
  public State state() {
    return standing().state();
  }

  private Standing standing() {
    return end.orElse(standing);
  }

  /** Takes note that this generation holds its name, and that its directory says so. */
  public void declared() {
    declared = true;
  }

  /** Returns whether an own dot may be given to a write. */
  public boolean mayStamp() {
    return declared && state().mayStamp();
  }

  /** Takes note that these dots are about to leave; those of others among them do not matter. */
  public void sending(Dot dot) {
    if (dot.replica().equals(self)) {
      sending(dot.sequence());
    }
  }

  /** Takes note that all that the vector covers is about to leave. */
  public void sending(VersionVector vector) {
    sending(vector.get(self));
  }

  /** After the end nothing leaves, whatever a part of this replica still wants to send. */
  private void sending(long sequence) {
    if (end.isEmpty()) {
      sent = Math.max(sent, sequence);
    }
  }

  /**
   * Takes note that a peer was heard, if it answers this run: what was sent to an earlier run may
   * not know how that went on.
   *
   * @param answered the session of this replica that the peer had heard
   */
  public void hear(String peer, long answered, long nowMillis) {
    if (answered == session) {
      witnesses.hear(peer, nowMillis);
    }
  }

  /**
   * Compares what a peer knows with what can have left.
   *
   * @param known what the peer knows of
   * @param own how many own writes are applied here
   * @return what the directory has to say before the replica stops, if the peer knows more, and if
   *     that is worse than what was found before
   */
  public Optional<Standing> claimed(VersionVector known, long own) {
    long there = known.get(self);
    // Of a generation that has ended nobody says how many writes there are: it is no member.
    if (there <= standing.shared(own) || known.isBelowBase(self)) {
      return Optional.empty();
    }
    return end(standing.olderCopy(sent > standing.trusted()));
  }

  /**
   * Ends as a member: this replica was forgotten, or another generation took its name.
   *
   * @param last the last own write that the members take, {@link Long#MAX_VALUE} for all
   * @return what the directory has to say before the replica stops, if it does not say so already
   */
  public Optional<Standing> expelled(long last) {
    return end(standing.expelled(last));
  }

  private Optional<Standing> end(Standing found) {
    Optional<Standing> next = Optional.of(end.map(found::worse).orElse(found));
    if (next.equals(end)) {
      return Optional.empty();
    }
    end = next;
    return end;
  }

  /** Returns up to which sequence own writes may leave, of so many that are applied here. */
  public long mayLeave(long own) {
    return declared ? standing().shared(own) : 0;
  }

  /** Returns what of the vector others may hear of. */
  public VersionVector mayLeave(VersionVector vector) {
    return declared ? standing().shared(self, vector) : vector.without(self);
  }

  /** Takes note of what is applied here now. */
  public void applied(VersionVector applied) {
    if (!keepsBackAnyOf(applied)) {
      beforeKeptBack = applied;
    }
  }

  /**
   * Returns what others may take for applied here. An own write that is kept back has not seen what
   * came after it: if that were claimed, they could take it for seen by all that is still to come.
   */
  public VersionVector claim(VersionVector applied) {
    return keepsBackAnyOf(applied) ? beforeKeptBack : applied;
  }

  private boolean keepsBackAnyOf(VersionVector vector) {
    long own = vector.get(self);
    return mayLeave(own) < own;
  }

  /**
   * Decides whether the state changes by now.
   *
   * @param members those who could know more of the own writes; the more of them are known, the
   *     surer is the answer
   * @param isWanted whether clients wait to be served
   * @return what the directory has to say first, to be answered by {@link #noted}
   */
  public Optional<Standing> look(Collection<Replica> members, boolean isWanted) {
    if (end.isPresent() || noting.isPresent()) {
      return Optional.empty();
    }
    Standing next = next(members, isWanted);
    if (next.durable().equals(standing.durable())) {
      standing = next;
      return Optional.empty();
    }
    noting = Optional.of(next);
    return Optional.of(next.durable());
  }

  private Standing next(Collection<Replica> members, boolean isWanted) {
    if (witnesses.areEnough(members)) {
      return standing.confirmed();
    }
    return isWanted ? standing.wanted() : standing;
  }

  /** Takes note that the directory says what {@link #look} asked for. */
  public void noted(Standing durable) {
    standing =
        noting
            .filter(next -> next.durable().equals(durable))
            .orElseThrow(
                () -> new IllegalStateException(durable + " was noted instead of " + noting));
    noting = Optional.empty();
  }
}
