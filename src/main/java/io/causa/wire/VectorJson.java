package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Version vectors as people write them in JSON: {@code {"node1": 1, "node2": 4}}. */
public final class VectorJson {

  /** The largest sequence that every JSON reader holds exactly (RFC 7493). */
  public static final long MAX_SEQUENCE = Dot.MAX_SEQUENCE;

  private VectorJson() {}

  /** What became of reading a vector. */
  public sealed interface Parsed {

    record Valid(VersionVector vector) implements Parsed {}

    /** Not a vector of this cluster; the reason names the entry and is for people. */
    record Invalid(String reason) implements Parsed {}
  }

  public static JsonObject toJson(VersionVector vector, ReplicaNames names) {
    JsonObject json = new JsonObject();
    for (Dot entry : vector) {
      json.put(names.print(entry.replica()), entry.sequence());
    }
    return json;
  }

  /**
   * Reads a vector that a client wrote. Zero entries are allowed and mean nothing.
   *
   * @param json whatever stood in the vector's place
   * @param names a name outside these is refused, and so is a bare name of several generations
   */
  public static Parsed parse(Object json, ReplicaNames names) {
    if (!(json instanceof JsonObject entries)) {
      return new Parsed.Invalid("a clock is an object like {\"node1\": 1}, not " + json);
    }
    List<Dot> dots = new ArrayList<>();
    for (Map.Entry<String, Object> entry : entries) {
      Optional<String> wrong = whatIsWrongWith(entry.getValue());
      if (wrong.isPresent()) {
        return invalid(entry, wrong.get());
      }
      Optional<Replica> replica = names.parse(entry.getKey());
      long sequence = ((Number) entry.getValue()).longValue();
      if (replica.isPresent() && sequence > 0) {
        dots.add(new Dot(replica.get(), sequence));
      } else if (replica.isEmpty() && (sequence > 0 || isUnknown(entry.getKey(), names))) {
        return new Parsed.Invalid(whyNobody(entry.getKey(), names));
      }
    }
    return new Parsed.Valid(VersionVector.of(dots));
  }

  private static boolean isUnknown(String name, ReplicaNames names) {
    return names.generations(name).isEmpty();
  }

  /** A bare name was copied when it had one generation, or later; only the client knows. */
  private static String whyNobody(String name, ReplicaNames names) {
    if (isUnknown(name, names)) {
      return "no node \"" + name + "\" is known here";
    }
    String latest = names.generations(name).last().toString();
    String earlier =
        names.generations(name).headSet(names.generations(name).last()).last().toString();
    return "\"%s\" can mean %d generations of that node, such as \"%s\" and \"%s\", and each counts its own writes: name the one whose answer the number is from, or send the Causa-Context of that answer instead"
        .formatted(name, names.generations(name).size(), earlier, latest);
  }

  private static Parsed invalid(Map.Entry<String, Object> entry, String wrong) {
    return new Parsed.Invalid(
        "the clock's entry \"%s\" is %s, which is %s"
            .formatted(entry.getKey(), entry.getValue(), wrong));
  }

  private static Optional<String> whatIsWrongWith(Object count) {
    if (!(count instanceof Number number)) {
      return Optional.of("no number");
    }
    double value = number.doubleValue();
    if (value < 0) {
      return Optional.of("negative");
    }
    if (value > MAX_SEQUENCE || number instanceof BigInteger) {
      return Optional.of("larger than " + MAX_SEQUENCE);
    }
    return value == Math.rint(value) ? Optional.empty() : Optional.of("no whole number");
  }
}
