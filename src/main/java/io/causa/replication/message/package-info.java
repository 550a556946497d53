/**
 * What replicas say to one another, by which channel, and how many replicas a message may bring.
 * Who sends a message when is the business of {@link io.causa.replication.Replicator}; its bytes
 * are those of {@code io.causa.wire}.
 */
package io.causa.replication.message;
