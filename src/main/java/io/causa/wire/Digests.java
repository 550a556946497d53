package io.causa.wire;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Fields;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Rosters;
import io.causa.membership.Capabilities;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Digest;
import java.util.HashSet;
import java.util.Set;

/** A digest as bytes: one dictionary of replicas, and the vectors and the roster. */
final class Digests {

  /** The field with the generations that have ended; see {@link Rosters#endings}. */
  private static final int ENDINGS = 2;

  private Digests() {}

  static Fields fields(Digest digest) {
    Fields said = SaidCapabilities.fields(digest.understands());
    return Rosters.endings(digest.roster()).map(more -> said.with(ENDINGS, more)).orElse(said);
  }

  /** Whether only nodes can read the digest that know what a base is. */
  static boolean needsBases(Digest digest) {
    return digest.roster().hasBounds()
        || digest.received().hasBases()
        || digest.applied().hasBases()
        || digest.trimmed().hasBases();
  }

  /**
   * @param version in which version it says what its sender understands, if in a field or not
   */
  static void write(ByteWriter out, Digest digest, int version) {
    ReplicaDictionary replicas = ReplicaDictionary.of(named(digest));
    replicas.write(out);
    replicas.write(out, digest.sender());
    out.writeSigned(digest.session()).writeSigned(counted(digest, version));
    out.writeSigned(digest.heardSession());
    replicas.write(out, digest.received());
    replicas.write(out, digest.applied());
    replicas.write(out, digest.trimmed());
    replicas.write(out, digest.roster());
  }

  private static long counted(Digest digest, int version) {
    return version > Capabilities.EARLIEST
        ? digest.number()
        : SaidCapabilities.countIn3(digest.number(), digest.understands());
  }

  private static Set<Replica> named(Digest digest) {
    Set<Replica> named = new HashSet<>(Set.of(digest.sender()));
    ReplicaDictionary.collect(digest.received(), named);
    ReplicaDictionary.collect(digest.applied(), named);
    ReplicaDictionary.collect(digest.trimmed(), named);
    digest.roster().entries().forEach(entry -> named.add(entry.replica()));
    digest.roster().ordered().listed().forEach(last -> named.add(last.replica()));
    digest.roster().ended().open().forEach(last -> named.add(last.replica()));
    return named;
  }

  static Digest read(PeerFrame frame, KnownBytes<ReplicaDictionary> known)
      throws MalformedException {
    ByteReader in = frame.payload();
    ReplicaDictionary replicas = ReplicaDictionary.read(in, known);
    Replica sender = replicas.readReplica(in);
    long session = in.readSigned();
    long counted = in.readSigned();
    long heard = in.readSigned();
    boolean saysInField = frame.version() > Capabilities.EARLIEST;
    long number = saysInField ? counted : SaidCapabilities.number3(counted);
    Capabilities understands =
        saysInField
            ? SaidCapabilities.read(frame.fields(), frame.version())
            : SaidCapabilities.read3(counted);
    VersionVector received = replicas.readVector(in);
    VersionVector applied = replicas.readVector(in);
    VersionVector trimmed = replicas.readVector(in);
    Roster roster = Rosters.withEndings(replicas.readRoster(in), frame.fields().find(ENDINGS));
    return new Digest(
        sender, session, number, received, applied, trimmed, roster, heard, understands);
  }
}
