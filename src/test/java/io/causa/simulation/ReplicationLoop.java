package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.identity.State;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.Roster;
import io.causa.replication.Action;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.replication.Actions;
import io.causa.replication.Replicator;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.replication.message.Receipt;
import io.causa.replication.message.ReplicaLimit;
import io.causa.simulation.check.Name;
import io.causa.simulation.check.Observers;
import io.causa.simulation.check.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Drives {@link Replicator} as its verticle does: with messages, commits and time. */
final class ReplicationLoop {

  private static final long TICK_MILLIS = 50;
  private static final long RENEWAL_MILLIS = 30;

  private final SimulatedProcess process;
  private final SimulatedNetwork network;
  private final SimulatedStorage storage;
  private final Observers observers;
  private final Trace trace;
  private final Tally tally;
  private final Replica self;
  private final Replicator replicator;
  private final ReplicaLimit replicaLimit;
  private final Runnable confirmed;
  private final Actions actions = new Carried();
  private final Map<Long, IntConsumer> askedForAcks = new HashMap<>();
  private Consumer<VersionVector> stable = vector -> {};
  private final Snapshots snapshots;
  private Consumer<Action.Retire> retirement = retire -> {};
  private Consumer<Action> mustStop = ReplicationLoop::endRun;
  private boolean stopsAreExpected;
  private long tickets;
  private Runnable expulsion = () -> {};
  private boolean ready;
  private String warning = "";

  /** The store, as this loop reaches it for snapshots: what it answers comes back later. */
  interface Snapshots {
    void read(ReadSnapshot wanted, Consumer<SnapshotTransfers.Reply> reply);

    SnapshotRoom room();

    void install(ReplicaSnapshot snapshot, Consumer<Boolean> installed);
  }

  /**
   * @param replicaLimit shared with the delivery loop, as in a node
   * @param confirmed to be run when the data is known to be the latest
   */
  ReplicationLoop(
      World world,
      SimulatedProcess process,
      SimulatedStorage storage,
      ReplicaLimit replicaLimit,
      Snapshots snapshots,
      Runnable confirmed) {
    this.confirmed = confirmed;
    this.replicaLimit = replicaLimit;
    this.process = process;
    this.snapshots = snapshots;
    this.network = world.network();
    this.storage = storage;
    this.observers = world.observers();
    this.trace = world.trace();
    this.tally = world.tally();
    this.self = storage.recovered().self();
    this.replicator =
        new Replicator(
            self,
            "http://" + self.name(),
            world.options().replication(),
            storage.recovered().applied(),
            storage.trimmed(),
            storage.roster(),
            storage.incarnation(),
            snapshots.room());
  }

  /** Is told what is causally stable. */
  void onStable(Consumer<VersionVector> consumer) {
    stable = consumer;
  }

  /** Is told which generations are retired. */
  void onRetire(Consumer<Action.Retire> consumer) {
    retirement = consumer;
  }

  void start(int otherMembers) {
    replicator.start(otherMembers, nowMillis());
    act();
    tick();
  }

  /** What happens when the node has to stop because it is no member any more. */
  void onExpelled(Runnable stop) {
    expulsion = stop;
  }

  /** Whether the node forgets the member now. */
  boolean forget(String name) {
    boolean done = replicator.forget(name, nowMillis()) instanceof ForgetOutcome.Forgotten;
    act();
    return done;
  }

  Replicator replicator() {
    return replicator;
  }

  boolean isReady() {
    return ready;
  }

  /** What the node did without when it became ready; empty if nothing. */
  String warning() {
    return warning;
  }

  void hear(Channel channel, PeerMessage message) {
    if (replicator.forgery(message).isPresent()) {
      tally.count("messages that only the receiver could have sent");
      return;
    }
    if (replicaLimit.admit(message).isPresent()) {
      throw new Verdict("replica-limit", self + " refuses " + Words.of(message));
    }
    replicator.hear(channel, message, nowMillis());
    act();
  }

  void received(Receipt receipt, WriteBatch batch) {
    replicator.receivedBatch(receipt, batch.sender(), batch.pulled(), nowMillis());
    act();
  }

  void applied(Commit commit) {
    if (knowsTwoGenerations(commit)) {
      tally.count("commits where two generations of a name meet");
    }
    replicator.trimmed(storage.trimmed());
    replicator.applied(commit.after(), nowMillis());
    act();
  }

  /** Asks to be told how many peers have applied the own write, when enough have or time is up. */
  void awaitAcks(Name write, int peers, long waitMillis, IntConsumer reached) {
    askedForAcks.put(++tickets, reached);
    replicator.awaitAcks(tickets, write.sequence(), peers, nowMillis() + waitMillis);
    act();
  }

  private static boolean knowsTwoGenerations(Commit commit) {
    Set<String> names = new HashSet<>();
    boolean two = false;
    for (Dot last : commit.after()) {
      two |= !names.add(last.replica().name());
    }
    return two;
  }

  private void tick() {
    replicator.tick(nowMillis());
    act();
    process.after(TICK_MILLIS, this::tick);
  }

  private void act() {
    replicator.takeActions().forEach(action -> action.carryOut(actions));
  }

  private void tellStable(VersionVector now) {
    Set<String> members = new HashSet<>();
    replicator.roster().members().forEach(member -> members.add(member.toString()));
    observers.forgetting().stable(self.toString(), Facts.counts(now), members);
    stable.accept(now);
  }

  private static void endRun(Action action) {
    if (action instanceof Action.Collision) {
      throw new Verdict("false-collision", "nobody else lives under the name of " + action);
    }
    throw new IllegalStateException("a node ran on an older copy of its data: " + action);
  }

  void onMustStop(Consumer<Action> consumer) {
    mustStop = consumer;
    stopsAreExpected = true;
  }

  private void send(String peer, PeerMessage message) {
    storage.checkNothingDoubted(message);
    trace.say(self.toString(), "→", peer, Words.of(message));
    if (message instanceof WriteBatch batch) {
      observers.peers().sent(self.toString(), Facts.facts(batch.writes()));
      tally.count(batch.pulled() ? "pulls answered" : "batches pushed");
    } else if (message instanceof Digest digest) {
      observers.peers().knows(self.toString(), Facts.names(digest.roster()));
      observers
          .peers()
          .claimed(
              self.toString(), Facts.counts(digest.applied()), Facts.counts(digest.received()));
    } else if (message instanceof Pull) {
      tally.count(network.isDisturbed() ? "pulls sent while links are cut" : "pulls sent");
    } else if (message instanceof SnapshotChunk chunk) {
      observers.peers().claimed(self.toString(), Facts.counts(chunk.instant().vector()), Map.of());
      tally.count("snapshot chunks sent");
    } else if (message instanceof SnapshotRefused refused) {
      tally.count("snapshots refused: " + refused.reason().toString().toLowerCase(Locale.ROOT));
    }
    network.send(self.name(), peer, message);
  }

  private void read(Action.ReadLog read) {
    process.when(
        storage.read(read.origin(), read.from(), read.to(), read.maxBytes()),
        "a read of the log",
        writes -> wasRead(read, writes));
  }

  private void keep(Roster roster) {
    process.when(storage.keep(roster), "the write of a roster", done -> wasKept(roster));
  }

  private void note(Action.NoteStanding note) {
    process.when(storage.stand(note.standing()), "the write of a standing", done -> wasNoted(note));
  }

  private void wasNoted(Action.NoteStanding note) {
    trace.say(self.toString(), "notes", note);
    tally.count(note.standing().state() == State.DOUBTED ? "doubts noted" : "doubts cleared");
    replicator.standingNoted(note, nowMillis());
    act();
  }

  /** Right only if somebody forgot the node, or if its clock makes it look like an earlier one. */
  private void stop(Action.Expelled expelled) {
    boolean forgotten = expelled.latest().equals(self);
    if (!stopsAreExpected && tally.get(forgotten ? Tally.FORGOTTEN : Tally.CLOCK_BACK) == 0) {
      throw new Verdict("false-expulsion", self + " believes to be no member: " + expelled);
    }
    tally.count("members that were told to be none");
    trace.say(self.toString(), "is expelled", expelled);
    process.when(
        storage.stand(expelled.standing()), "the write of a standing", done -> expulsion.run());
  }

  private void wasKept(Roster roster) {
    trace.say(self.toString(), "knows", roster);
    replicator.rosterKept(roster, nowMillis());
    act();
  }

  private void wasRead(Action.ReadLog read, List<Write> writes) {
    replicator.logRead(read, writes, storage.trimmed(), nowMillis());
    act();
  }

  private void wasRead(ReadSnapshot wanted, SnapshotTransfers.Reply reply) {
    replicator.snapshotRead(wanted, reply);
    act();
  }

  private void wasInstalled(boolean fits) {
    if (fits) {
      tally.count("snapshots installed");
      replicator.snapshotInstalled(nowMillis());
    } else {
      tally.count("snapshots that did not fit");
      replicator.snapshotDoesNotFit(nowMillis());
    }
    act();
  }

  private long nowMillis() {
    return process.schedule().nowMillis();
  }

  private final class Carried implements Actions {

    @Override
    public void send(String peer, PeerMessage message) {
      ReplicationLoop.this.send(peer, message);
    }

    @Override
    public void broadcast(Presence message) {
      network.broadcast(self.name(), message);
    }

    @Override
    public void readLog(Action.ReadLog read) {
      ReplicationLoop.this.read(read);
    }

    @Override
    public void readSnapshot(ReadSnapshot read) {
      snapshots.read(read, reply -> wasRead(read, reply));
    }

    @Override
    public void installSnapshot(Action.InstallSnapshot install) {
      ReplicaSnapshot snapshot = install.snapshot();
      trace.say(self.toString(), "installs a snapshot", snapshot.instant().vector());
      snapshots.install(snapshot, ReplicationLoop.this::wasInstalled);
    }

    @Override
    public void acked(Action.Acked answer) {
      askedForAcks.remove(answer.ticket()).accept(answer.peers());
    }

    @Override
    public void stable(VersionVector stable) {
      tellStable(stable);
    }

    @Override
    public void confirmed() {
      confirmed.run();
    }

    @Override
    public void ready(String missed) {
      ready = true;
      warning = missed;
      trace.say(self.toString(), "is ready", warning);
    }

    @Override
    public void keepRoster(Roster roster) {
      keep(roster);
    }

    @Override
    public void retire(Action.Retire retire) {
      trace.say(self.toString(), "retires", retire);
      retirement.accept(retire);
    }

    @Override
    public void noteStanding(Action.NoteStanding note) {
      ReplicationLoop.this.note(note);
    }

    @Override
    public void expelled(Action.Expelled expelled) {
      stop(expelled);
    }

    @Override
    public void abandoned(Action.Abandoned abandoned) {
      throw new IllegalStateException("no run retires a generation and misses it: " + abandoned);
    }

    @Override
    public void olderCopy(Action.OlderCopy found) {
      mustStopBecauseOf(found);
    }

    @Override
    public void collision(Action.Collision found) {
      mustStopBecauseOf(found);
    }

    @Override
    public void checkRegistrations() {
      process.after(RENEWAL_MILLIS, () -> replicator.registered(network.registered(self.name())));
    }

    @Override
    public void renew(String reason) {
      trace.say(self.toString(), "registers anew", reason);
      tally.count("registrations renewed");
      process.after(RENEWAL_MILLIS, () -> network.registerAnew(self.name()));
    }

    @Override
    public void rejoin(String reason) {
      trace.say(self.toString(), "joins again", reason);
      tally.count("clusters joined again");
      process.after(RENEWAL_MILLIS, () -> network.registerAnew(self.name()));
    }

    private void mustStopBecauseOf(Action found) {
      trace.say(self.toString(), "must stop", found);
      mustStop.accept(found);
    }
  }
}
