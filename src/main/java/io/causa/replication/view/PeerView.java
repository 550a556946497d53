package io.causa.replication.view;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Capabilities;

/**
 * What this replica knows of another one, at one instant.
 *
 * @param replica its identity in its latest session
 * @param session its latest session
 * @param http where clients reach it; empty until its presence was heard
 * @param understands which messages it reads, as far as it has said
 * @param silent whether it has not been heard for longer than the configured time
 * @param heardMillisAgo how long ago it was heard
 * @param digested whether its vectors are known; they are empty if not
 * @param received what need not be sent to it
 * @param applied what is durable and visible there: stability counts on this
 * @param trimmed what its log holds no longer
 * @param inFlightBytes bytes of own writes that are under way to it
 * @param behindLog whether it lacks own writes that the log here holds no longer
 */
public record PeerView(
    Replica replica,
    long session,
    String http,
    Capabilities understands,
    boolean silent,
    long heardMillisAgo,
    boolean digested,
    VersionVector received,
    VersionVector applied,
    VersionVector trimmed,
    long inFlightBytes,
    boolean behindLog) {}
