package io.causa.replication.view;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Agreement;
import io.causa.membership.GenerationView;
import io.causa.membership.MemberView;
import io.causa.membership.Roster;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a replica knows of the cluster and of its own part in it, at one instant, for people.
 *
 * @param peers what is known of every peer, by name
 * @param members the members by name, this replica among them
 * @param generations the generations that have writes here and are members no more
 * @param roster who belongs to the cluster, as far as this replica durably knows
 * @param stable what every member has applied, and every write that is still to be applied here has
 *     seen
 * @param waitingFor the members that are not known to have applied all that is applied here
 * @param snapshot how far a snapshot is on its way here; empty if none is
 * @param notReady why clients may not be served yet; empty when they may
 * @param agreement which features and messages all members understand
 * @param registrations whether the peers reach this replica
 */
public record ReplicatorView(
    List<PeerView> peers,
    List<MemberView> members,
    List<GenerationView> generations,
    Roster roster,
    VersionVector stable,
    Set<Replica> waitingFor,
    Optional<SnapshotProgress> snapshot,
    String notReady,
    Agreement agreement,
    RegistrationHealth registrations) {}
