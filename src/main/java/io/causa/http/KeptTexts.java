package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.wire.ClockHeader;
import io.causa.wire.ContextToken;
import io.causa.wire.VectorJson;
import io.vertx.core.http.HttpHeaders;
import java.util.HashMap;
import java.util.Map;

/**
 * How answers write vectors and versions. Between two commits all answers show the same vector, so
 * the last texts of one are kept; of a version, what is the same for all of its replica.
 *
 * <p>Owner: one HTTP loop. Bound: {@value #MOST_REPLICAS} replicas.
 */
final class KeptTexts {

  private static final int MOST_REPLICAS = 1024;

  /** What comes before the sequence. */
  private record Prefixes(String version, String tag) {}

  private final String clusterName;
  private VersionVector tokenOf;
  private CharSequence token;
  private VersionVector clockOf;
  private CharSequence clock;
  private String clockJson;
  private ReplicaNames namesOfClock;
  private final Map<Replica, Prefixes> prefixes = new HashMap<>();
  private ReplicaNames namesOfVersions;

  KeptTexts(String clusterName) {
    this.clusterName = clusterName;
  }

  /** Returns the value of {@code Causa-Context}. */
  CharSequence token(VersionVector context) {
    if (context != tokenOf) {
      token = HttpHeaders.createOptimized(ContextToken.encode(context, clusterName));
      tokenOf = context;
    }
    return token;
  }

  /** Returns the value of {@code Causa-Clock}. */
  CharSequence clock(VersionVector shown, ReplicaNames names) {
    keepClock(shown, names);
    if (clock == null) {
      clock = HttpHeaders.createOptimized(ClockHeader.print(shown, names));
    }
    return clock;
  }

  /** Returns the vector as the JSON of bodies. */
  String clockJson(VersionVector shown, ReplicaNames names) {
    keepClock(shown, names);
    if (clockJson == null) {
      clockJson = VectorJson.toJson(shown, names).encode();
    }
    return clockJson;
  }

  private void keepClock(VersionVector shown, ReplicaNames names) {
    if (shown != clockOf || names != namesOfClock) {
      clockOf = shown;
      namesOfClock = names;
      clock = null;
      clockJson = null;
    }
  }

  /** Returns the value of {@code Causa-Version}, as {@code VersionText.print} writes it. */
  String version(Dot version, ReplicaNames names) {
    return prefixes(version.replica(), names).version() + version.sequence();
  }

  /** Returns the value of {@code ETag}, as {@link EntityTag#of} writes it. */
  String tag(Dot version, ReplicaNames names) {
    return prefixes(version.replica(), names).tag() + version.sequence() + '"';
  }

  private Prefixes prefixes(Replica replica, ReplicaNames names) {
    if (names != namesOfVersions || prefixes.size() >= MOST_REPLICAS) {
      prefixes.clear();
      namesOfVersions = names;
    }
    Prefixes kept = prefixes.get(replica);
    if (kept == null) {
      kept = new Prefixes(names.print(replica) + ':', '"' + replica.toString() + ':');
      prefixes.put(replica, kept);
    }
    return kept;
  }
}
