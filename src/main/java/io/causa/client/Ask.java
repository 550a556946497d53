package io.causa.client;

/**
 * What a request asks for beside its key and value.
 *
 * @param context the token to carry; null for none
 * @param waitSeconds how long the node may wait for the context; null for the node's default
 * @param respondAsync a write may be answered at once and held until what it depends on arrives
 * @param acks a write is answered once so many peers have applied it too; null for no such wish
 */
public record Ask(String context, Integer waitSeconds, boolean respondAsync, Integer acks) {
  /** No context, nothing special. */
  public static final Ask PLAIN = new Ask(null, null, false, null);

  /** What a node waits for a context if it is not told. */
  private static final int DEFAULT_WAIT_SECONDS = 5;

  public Ask withContext(String token) {
    return new Ask(token, waitSeconds, respondAsync, acks);
  }

  public Ask withWaitSeconds(Integer seconds) {
    return new Ask(context, seconds, respondAsync, acks);
  }

  public Ask respondingAsync(boolean async) {
    return new Ask(context, waitSeconds, async, acks);
  }

  public Ask withAcks(Integer peers) {
    return new Ask(context, waitSeconds, respondAsync, peers);
  }

  /** How long the answer may take beyond the network's own time. */
  int patienceSeconds() {
    return waitSeconds == null ? DEFAULT_WAIT_SECONDS : waitSeconds;
  }
}
