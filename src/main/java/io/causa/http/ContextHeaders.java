package io.causa.http;

import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.wire.ClockHeader;
import io.causa.wire.ContextToken;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * Writes {@code Causa-Context} and {@code Causa-Clock}. Between two commits every answer has the
 * same ones, so the last texts are kept, encoded.
 *
 * <p>Owner: one HTTP loop.
 */
final class ContextHeaders {

  private final String clusterName;
  private VersionVector tokenOf;
  private CharSequence token;
  private VersionVector clockOf;
  private ReplicaNames namesOfClock;
  private CharSequence clock;

  ContextHeaders(String clusterName) {
    this.clusterName = clusterName;
  }

  /**
   * @param shown what the answer shows
   * @param context what the client has seen after the answer; covers {@code shown}
   */
  void write(MultiMap headers, VersionVector shown, VersionVector context, ReplicaNames names) {
    headers.set(Headers.CONTEXT, tokenOf(context)).set(Headers.CLOCK, clockOf(shown, names));
  }

  private CharSequence tokenOf(VersionVector context) {
    if (context != tokenOf) {
      token = HttpHeaders.createOptimized(ContextToken.encode(context, clusterName));
      tokenOf = context;
    }
    return token;
  }

  private CharSequence clockOf(VersionVector shown, ReplicaNames names) {
    if (shown != clockOf || names != namesOfClock) {
      clock = HttpHeaders.createOptimized(ClockHeader.print(shown, names));
      clockOf = shown;
      namesOfClock = names;
    }
    return clock;
  }
}
