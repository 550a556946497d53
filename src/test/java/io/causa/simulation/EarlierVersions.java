package io.causa.simulation;

import io.causa.membership.Capabilities;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.simulation.check.Verdict;
import io.causa.wire.PeerCodec;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Nodes that run the version before, as far as the others can tell: they send in that version, say
 * nothing of what they understand, and read nothing else. A node that starts again runs this one.
 */
final class EarlierVersions {

  private static final Capabilities FEATURELESS =
      new Capabilities(Capabilities.EARLIEST, Capabilities.LATEST, Collections.emptySortedSet());

  private final Tally tally;
  private final Set<String> planned = new HashSet<>();
  private final Set<String> running = new HashSet<>();

  EarlierVersions(Tally tally) {
    this.tally = tally;
  }

  /** The first start of each of these nodes is one of the version before. */
  void runs(List<String> names) {
    planned.addAll(names);
  }

  void starts(String name) {
    if (running.remove(name)) {
      tally.count("nodes upgraded");
    } else if (planned.remove(name)) {
      running.add(name);
      tally.count("nodes of the version before");
    }
  }

  /**
   * Encodes what a node says. While a node of the version before runs, the others tell of no
   * features: those of them that met first would agree on what that node does not read.
   */
  byte[] encode(String from, PeerMessage message, int version) {
    if (running.contains(from)) {
      return PeerCodec.encode(saying(Capabilities.UNSAID, message), Capabilities.EARLIEST);
    }
    boolean areAllNew = running.isEmpty() && planned.isEmpty();
    return PeerCodec.encode(areAllNew ? message : saying(FEATURELESS, message), version);
  }

  private static PeerMessage saying(Capabilities understands, PeerMessage message) {
    if (message instanceof Presence presence) {
      return new Presence(presence.sender(), presence.session(), presence.http(), understands);
    }
    return message instanceof Digest digest
        ? new Digest(
            digest.sender(),
            digest.session(),
            digest.number(),
            digest.received(),
            digest.applied(),
            digest.trimmed(),
            digest.roster(),
            digest.heardSession(),
            understands)
        : message;
  }

  /** Damage may change the version, too; no node reads what was damaged. */
  private static boolean isAsItWasSent(byte[] bytes) {
    return PeerCodec.decode(bytes) instanceof PeerCodec.Decoded.Message;
  }

  /** A cluster that knows no node of the version before may broadcast in the next one. */
  boolean reads(String to, Channel channel, byte[] bytes) {
    boolean reads = !running.contains(to) || bytes[1] == Capabilities.EARLIEST;
    if (!reads && channel != Channel.PRESENCE && isAsItWasSent(bytes)) {
      throw new Verdict("versions", "%s was sent a message of version %d".formatted(to, bytes[1]));
    }
    tally.count(
        reads
            ? "messages of version " + bytes[1]
            : "presences that the version before does not read");
    return reads;
  }
}
