package io.causa.wire;

import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Envelope;
import io.causa.core.encoding.FeatureNames;
import io.causa.core.encoding.Fields;
import io.causa.core.encoding.MalformedException;
import io.causa.membership.Capabilities;
import java.util.Optional;

/**
 * How a node says what it understands.
 *
 * <p>Since version 4 presences and digests have a field for it. In version 3 a presence says
 * nothing of it, and a digest counts from the latest version that its sender reads times 2^40: to a
 * node of version 3 the number only says which of two digests is the later one. So two nodes that
 * speak version 3 to one another, as long as they know no better, find out with their first
 * digests.
 */
final class SaidCapabilities {

  /** The field of presences and digests. */
  static final int FIELD = 1;

  private static final int NUMBER_BITS = 40;
  private static final int EXPECTED_BYTES = 16;

  private SaidCapabilities() {}

  /** Returns the fields that say it, in a message whose version has them. */
  static Fields fields(Capabilities said) {
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    out.writeVarint(said.least()).writeVarint(said.latest());
    FeatureNames.write(out, said.features());
    return Fields.NONE.with(FIELD, out.toBytes());
  }

  /** Reads what the fields of a message of this version say. */
  static Capabilities read(Fields fields, int version) throws MalformedException {
    Optional<ByteReader> field = fields.find(FIELD);
    return field.isEmpty() ? Capabilities.ofVersion(version) : read(field.get());
  }

  /** What a later version says behind that is passed over. */
  private static Capabilities read(ByteReader in) throws MalformedException {
    int least = (int) in.readBetween(1, Envelope.MAX_VERSION, "the least version");
    int latest = (int) in.readBetween(least, Envelope.MAX_VERSION, "the latest version");
    return new Capabilities(least, latest, FeatureNames.read(in));
  }

  /** Returns the number that a digest of version 3 has. */
  static long countIn3(long number, Capabilities said) {
    return said.latest() > Capabilities.EARLIEST
        ? number + ((long) said.latest() << NUMBER_BITS)
        : number;
  }

  /** Returns what the number of a digest of version 3 says of its sender. */
  static Capabilities read3(long counted) {
    long latest = counted >> NUMBER_BITS;
    return latest > Capabilities.EARLIEST && latest <= Envelope.MAX_VERSION
        ? new Capabilities(Capabilities.EARLIEST, (int) latest, Capabilities.UNSAID.features())
        : Capabilities.UNSAID;
  }

  /** Returns which digest of its sender this is, in the count of all versions. */
  static long number3(long counted) {
    Capabilities said = read3(counted);
    return said.latest() > Capabilities.EARLIEST
        ? counted - ((long) said.latest() << NUMBER_BITS)
        : counted;
  }
}
