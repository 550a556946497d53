package io.causa.engine;

import io.causa.core.CausalBuffer;
import io.causa.core.store.StoreLimits;
import io.causa.replication.ReplicationSettings;

/**
 * What an engine is told.
 *
 * @param http where clients reach the node
 * @param store the limits of the store
 * @param buffer the limits of the causal buffer
 * @param replication the limits and intervals of replication
 * @param feedBytes how many bytes may be on their way to subscribers
 * @param turn how much one turn of a loop takes
 * @param stopMillis the deadline of an orderly stop
 */
public record EngineSettings(
    String http,
    StoreLimits store,
    CausalBuffer.Limits buffer,
    ReplicationSettings replication,
    long feedBytes,
    TurnLimits turn,
    long stopMillis) {}
