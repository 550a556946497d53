package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Capabilities;
import io.causa.membership.Feature;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.view.PeerView;
import java.util.Optional;

/**
 * One session of another replica: when it was heard, what it said last, and the stream to it.
 *
 * <p>Owner: the replication loop. A restart of the replica is a new session and a new object, so
 * nothing that an earlier session said is ever mixed with what this one says.
 */
final class Peer {

  private final Replica replica;
  private final long session;
  private final ReplicationSettings settings;
  private String http = "";
  private Capabilities understands = Capabilities.UNSAID;
  private long heardAtMillis;
  private long digestDueMillis;
  private boolean ackOwed;
  private Digest latest;
  private Ack ack;
  private PeerStream stream;

  Peer(Replica replica, long session, ReplicationSettings settings, long nowMillis) {
    this.replica = replica;
    this.session = session;
    this.settings = settings;
    this.heardAtMillis = nowMillis;
    this.digestDueMillis = nowMillis;
  }

  Replica replica() {
    return replica;
  }

  String name() {
    return replica.name();
  }

  long session() {
    return session;
  }

  void reachedAt(String url) {
    http = url;
  }

  /** What the peer said of the messages that it reads; a message may say less than others. */
  void understands(Capabilities said) {
    understands = understands.join(said);
  }

  Capabilities understands() {
    return understands;
  }

  void heard(long nowMillis) {
    heardAtMillis = nowMillis;
  }

  boolean isSilent(long nowMillis) {
    return nowMillis - heardAtMillis > settings.silentAfterMillis();
  }

  /** Whether the other session of the same name was started before this one. */
  boolean isLaterThan(Replica other, long otherSession) {
    int order = Long.compare(session, otherSession);
    return order > 0 || (order == 0 && replica.generation() > other.generation());
  }

  boolean is(Replica other, long otherSession) {
    return session == otherSession && replica.equals(other);
  }

  /**
   * Takes in a digest of this session; false if a later one overtook it. The first one begins the
   * stream.
   */
  boolean accept(Digest digest, Replica self, long nowMillis) {
    if (latest != null && digest.number() <= latest.number()) {
      return false;
    }
    long received = digest.received().get(self);
    if (stream == null) {
      stream = new PeerStream(received, settings);
    } else if (hasProgress(digest)) {
      stream.encourage();
    }
    stream.acknowledge(received, nowMillis);
    latest = digest;
    return true;
  }

  /** Takes in an acknowledgement of this session; false if no digest has begun the stream yet. */
  boolean accept(Ack heard, long nowMillis) {
    if (stream == null) {
      return false;
    }
    stream.acknowledge(heard.received(), nowMillis);
    ack = ack == null || ack.applied() < heard.applied() ? heard : ack;
    return true;
  }

  /** Whether the peer has received anything since the last digest; its own writes do not count. */
  private boolean hasProgress(Digest digest) {
    VersionVector before = latest.received().without(replica);
    return !digest.received().without(replica).equals(before);
  }

  Optional<PeerStream> stream() {
    return Optional.ofNullable(stream);
  }

  boolean isDigestDue(long nowMillis) {
    return nowMillis >= digestDueMillis;
  }

  /** Writes of the peer were applied, which it may wait for. */
  void oweAck(long nowMillis) {
    if (readsAcks()) {
      ackOwed = true;
    } else {
      digestDueMillis = Math.min(digestDueMillis, nowMillis);
    }
  }

  boolean isAckOwed() {
    return ackOwed;
  }

  /** All that was applied by now is said. */
  void ackSent() {
    ackOwed = false;
  }

  /** Whether the peer understands an acknowledgement that is no digest. */
  boolean readsAcks() {
    return understands.knows(Feature.ACKS);
  }

  /** A silent peer gets fewer, so that a dead one costs little. */
  void digestSent(long nowMillis) {
    ackSent();
    int scale = isSilent(nowMillis) ? Replicator.SILENT_DIGEST_SCALE : 1;
    digestDueMillis = nowMillis + scale * settings.digestIntervalMillis();
  }

  /** Whether it says that it is a member. */
  boolean isDeclared() {
    return latest != null && latest.roster().isMember(replica);
  }

  boolean isDigested() {
    return latest != null;
  }

  /** Whether its last digest showed this roster. */
  boolean shows(Roster roster) {
    return latest != null && latest.roster().equals(roster);
  }

  /** Whether its last digest showed that all generations before that base have ended. */
  boolean knowsBelow(Dot base) {
    return latest != null
        && latest.roster().ended().below(base.replica().name()) >= base.sequence();
  }

  /** The roster that its last digest showed; an empty one before the first. */
  Roster shown() {
    return latest == null ? Roster.EMPTY : latest.roster();
  }

  VersionVector received() {
    return latest == null ? VersionVector.EMPTY : latest.received();
  }

  VersionVector applied() {
    VersionVector told = latest == null ? VersionVector.EMPTY : latest.applied();
    return ack == null || ack.applied() == 0 ? told : told.with(new Dot(ack.of(), ack.applied()));
  }

  /** How many writes of this replica the peer has applied. */
  long applied(Replica self) {
    long told = latest == null ? 0 : latest.applied().get(self);
    return ack == null ? told : Math.max(told, ack.applied());
  }

  /** Whether the peer says that it can supply the write that follows {@code have}. */
  boolean supplies(Replica origin, long have) {
    return latest != null
        && latest.applied().get(origin) > have
        && latest.trimmed().get(origin) <= have;
  }

  /** Whether the peer has applied more than {@code have} and can say so with a snapshot only. */
  boolean suppliesBySnapshotOnly(Replica origin, long have) {
    return latest != null
        && latest.applied().get(origin) > have
        && latest.trimmed().get(origin) > have;
  }

  PeerView view(long nowMillis) {
    return new PeerView(
        replica,
        session,
        http,
        understands,
        isSilent(nowMillis),
        nowMillis - heardAtMillis,
        isDigested(),
        received(),
        applied(),
        latest == null ? VersionVector.EMPTY : latest.trimmed(),
        stream == null ? 0 : stream.inFlightBytes(),
        stream != null && stream.isBehindLog());
  }
}
