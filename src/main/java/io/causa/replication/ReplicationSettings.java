package io.causa.replication;

/**
 * The limits and intervals of replication; {@code conf/causa.yaml} documents those that can be
 * configured.
 *
 * @param batchBytes what one batch of writes aims at, in bytes
 * @param windowBytes the most bytes under way to one peer without an acknowledgement; not below
 *     {@code batchBytes}
 * @param sendTimeoutMillis how long an acknowledgement may take before what is under way counts as
 *     lost
 * @param maxBackoffMillis the longest pause between two tries
 * @param digestIntervalMillis the pause between two digests to a peer
 * @param presenceIntervalMillis the pause between two broadcasts of the presence, once ready
 * @param pullAfterMillis how long a gap may stay before it is pulled from any member
 * @param pullTimeoutMillis how long the answer to a pull may take
 * @param pullBytes the most bytes of writes in one answer to a pull
 * @param silentAfterMillis after how long without a word a peer counts as silent
 * @param readyTimeoutMillis how long a starting replica waits without progress for what the others
 *     have
 */
public record ReplicationSettings(
    int batchBytes,
    int windowBytes,
    long sendTimeoutMillis,
    long maxBackoffMillis,
    long digestIntervalMillis,
    long presenceIntervalMillis,
    long pullAfterMillis,
    long pullTimeoutMillis,
    int pullBytes,
    long silentAfterMillis,
    long readyTimeoutMillis) {

  public ReplicationSettings {
    if (windowBytes < batchBytes) {
      throw new IllegalArgumentException(
          "a batch of " + batchBytes + " bytes does not fit a window of " + windowBytes);
    }
  }
}
