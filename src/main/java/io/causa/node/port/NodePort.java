package io.causa.node.port;

import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.engine.api.NodeStatus;
import io.causa.membership.Retirement;
import io.causa.replication.link.LinkFaultRule;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** A node as its edges see it. */
public interface NodePort {

  /** This replica. */
  Replica self();

  /** The cluster that this node belongs to; a token of another one is foreign. */
  String clusterName();

  /** How replicas are written for people, by what is known here now. */
  ReplicaNames names();

  /** Which histories have ended, by what is known here now: what is behind them was lost. */
  Retirement retirement();

  /** Whether the node has caught up with its cluster and may serve clients. */
  boolean isReady();

  /** Whether the node was told to stop. It may still serve, but nobody should be sent here. */
  boolean isStopping();

  /** Whether clients should be sent here. */
  default boolean isAvailable() {
    return isReady() && !isStopping() && takesIn();
  }

  /**
   * Whether the writes of the peers fit. A node where they do not still answers reads, and takes
   * what makes its data smaller.
   */
  boolean takesIn();

  /** How long requests under way may take once HTTP is told to end, in milliseconds. */
  long requestMillis();

  /**
   * Ends the node loudly: no memory is left for what its edges receive and send.
   *
   * @param lack what could not be allocated
   */
  void outOfMemory(OutOfMemoryError lack);

  StorePort store();

  HeldPort held();

  AcksPort acks();

  MembersPort members();

  /** Returns the budgets of bytes on the heap that are in force, by the names of their settings. */
  Map<String, Long> byteBudgets();

  /** What the node is doing, removed from its verticles. */
  Future<NodeStatus> status();

  /** Copies all that is durable here into a directory of that name; fails never. */
  Future<BackupOutcome> backup(BackupName name);

  /** Whether link faults may be set ({@code --faults}). */
  boolean faultsAllowed();

  List<LinkFaultRule> faults();

  /** Replaces all link faults of this node; an empty list heals. */
  void setFaults(List<LinkFaultRule> rules);
}
