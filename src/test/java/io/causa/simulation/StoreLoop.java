package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.Commit;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Refusal;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.core.store.KeyStates;
import io.causa.core.store.SnapshotInstall;
import io.causa.core.store.Store;
import io.causa.replication.Action;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.simulation.check.Name;
import io.causa.simulation.check.Observers;
import io.causa.storage.Recovered;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Drives {@link Store} as its verticle does: stamp, commit, apply, answer. */
final class StoreLoop {

  private static final long MOST_JOIN_MICROS = 2000;

  private final SimulatedProcess process;
  private final SimulatedStorage storage;
  private final Observers observers;
  private final Replica self;
  private final Store.Limits limits;
  private final KeyStates states;
  private final Store store;
  private final long foundBytes;
  private final Map<Long, Consumer<Answer>> asked = new HashMap<>();
  private Consumer<Commit> applied = commit -> {};
  private long tickets;
  private long armedMillis = Long.MAX_VALUE;
  private boolean committing;
  private Optional<Install> pendingInstall = Optional.empty();

  private record Install(ReplicaSnapshot snapshot, Consumer<Boolean> installed) {}

  /**
   * @param betweenChanges runs where readers on other threads may look
   */
  StoreLoop(
      SimulatedProcess process,
      SimulatedStorage storage,
      Store.Limits limits,
      Observers observers,
      Runnable betweenChanges) {
    Recovered recovered = storage.recovered();
    this.process = process;
    this.storage = storage;
    this.observers = observers;
    this.limits = limits;
    this.self = recovered.self();
    this.states =
        new KeyStates(recovered.applied(), recovered.states(), recovered.floor(), betweenChanges);
    this.foundBytes = states.dataBytes();
    this.store = new Store(recovered.self(), states, recovered.lamport(), limits);
  }

  /** Is told of every commit once it is durable and readable. */
  void onApplied(Consumer<Commit> consumer) {
    applied = consumer;
  }

  Replica self() {
    return self;
  }

  KeyStates states() {
    return states;
  }

  /** What the data occupied when the node started, in bytes. */
  long foundBytes() {
    return foundBytes;
  }

  Store store() {
    return store;
  }

  boolean isIdle() {
    return !committing
        && pendingInstall.isEmpty()
        && store.parkedRequests() == 0
        && store.held().waiting() == 0;
  }

  SnapshotRoom snapshotRoom() {
    return new SnapshotRoom(states, states::dataBytes, limits.data());
  }

  /** A write; every answer to it is passed on. The ticket to abandon it with is returned. */
  long write(
      List<Mutation> mutations, VersionVector context, long waitMillis, Consumer<Answer> answers) {
    long ticket = ask(answers);
    long nowMillis = process.schedule().nowMillis();
    Proposal proposal = new Proposal(ticket, mutations, nowMillis);
    store.write(proposal, context, nowMillis + waitMillis).ifPresent(this::answer);
    commit();
    return ticket;
  }

  /**
   * A write that is answered at once if it has to wait, and held; every answer to it is passed on.
   * The ticket to cancel it with is returned.
   */
  long hold(
      List<Mutation> mutations, VersionVector context, long holdMillis, Consumer<Answer> answers) {
    long ticket = ask(answer -> held(answer, answers));
    long nowMillis = process.schedule().nowMillis();
    Proposal proposal = new Proposal(ticket, mutations, nowMillis);
    store.hold(proposal, context, nowMillis, nowMillis + holdMillis).ifPresent(this::answer);
    commit();
    return ticket;
  }

  private void held(Answer answer, Consumer<Answer> answers) {
    if (answer instanceof Answer.Parked parked) {
      observers.clients().held(self.toString(), parked.ticket());
    } else if (answer instanceof Answer.Written) {
      observers.clients().heldApplied(self.toString(), answer.ticket());
    } else if (answer instanceof Answer.Refused refused
        && (refused.why() instanceof Refusal.NotMet || refused.why() instanceof Refusal.DataFull)) {
      observers.clients().heldExpired(self.toString(), answer.ticket());
    }
    answers.accept(answer);
  }

  /** Gives up a held write for good; false if it does not wait any more. */
  boolean cancelHeld(long ticket) {
    boolean cancelled = store.cancelHeld(ticket);
    if (cancelled) {
      observers.clients().heldCancelled(self.toString(), ticket);
    }
    return cancelled;
  }

  /** Waits for the context; every answer is passed on. */
  long await(VersionVector context, long waitMillis, Consumer<Answer> answers) {
    long ticket = ask(answers);
    answer(store.await(ticket, context, process.schedule().nowMillis() + waitMillis));
    return ticket;
  }

  void abandon(long ticket) {
    store.abandon(ticket);
    asked.remove(ticket);
  }

  void deliver(List<Write> writes) {
    store.deliver(writes);
    commit();
  }

  /** So much is causally stable. */
  void stable(VersionVector stable) {
    store.stable(stable);
    commit();
  }

  /** Nothing waits for the lost writes of generations any more. */
  void retire(Action.Retire retire) {
    store.retire(retire.ended()).forEach(this::answer);
    commit();
  }

  private long ask(Consumer<Answer> answers) {
    asked.put(++tickets, answers);
    return tickets;
  }

  SnapshotTransfers.Reply snapshotSlice(ReadSnapshot wanted) {
    return store.snapshotSlice(
        wanted.asker(),
        wanted.transfer(),
        wanted.number(),
        wanted.maxBytes(),
        process.schedule().nowMillis());
  }

  /** Installs a peer's snapshot in the place of a commit. */
  void install(ReplicaSnapshot snapshot, Consumer<Boolean> installed) {
    pendingInstall = Optional.of(new Install(snapshot, installed));
    commit();
  }

  private void commit() {
    pendingInstall.ifPresent(
        pending ->
            store.beginInstall(pending.snapshot()).ifPresent(i -> install(i, pending.installed())));
    store
        .begin()
        .ifPresent(
            commit -> {
              committing = true;
              process.when(storage.commit(commit), "a commit", done -> complete());
            });
    store.takeRefused().forEach(this::answer);
  }

  /** The states are joined in another thread, which takes its time. */
  private void install(SnapshotInstall install, Consumer<Boolean> installed) {
    pendingInstall = Optional.empty();
    committing = true;
    long soonMicros = process.schedule().nowMicros() + MOST_JOIN_MICROS;
    process.at(
        soonMicros,
        () -> {
          SnapshotInstall joined = install.join();
          if (!store.fits(joined)) {
            committing = false;
            store.cancelInstall();
            commit();
            installed.accept(false);
            return;
          }
          SnapshotInstall.Prepared prepared = joined.prepare();
          process.when(
              storage.install(prepared),
              "the install of a snapshot",
              done -> complete(prepared, installed));
        });
  }

  private void complete(SnapshotInstall.Prepared prepared, Consumer<Boolean> installed) {
    committing = false;
    Store.Applied done = store.completeInstall(prepared);
    observers.disks().visible(self.toString(), Facts.counts(done.commit().after()));
    judgeKeys();
    release(done);
    installed.accept(true);
  }

  /** A snapshot shows what all writes up to it would have shown one by one. */
  private void judgeKeys() {
    for (String key : observers.end().keys(self.toString())) {
      List<Name> versions = states.get(key).map(Facts::versions).orElse(List.of());
      observers.end().holds(self.toString(), key, versions);
    }
  }

  private void complete() {
    committing = false;
    Store.Applied done = store.complete();
    observers.disks().visible(self.toString(), Facts.names(Facts.writes(done.commit())));
    release(done);
  }

  private void release(Store.Applied done) {
    applied.accept(done.commit());
    done.answers().forEach(this::answer);
    commit();
  }

  private void answer(Answer answer) {
    if (answer instanceof Answer.Written written) {
      Dot version = written.version();
      observers.clients().answered(self.toString(), Facts.name(version));
    }
    if (answer instanceof Answer.Refused refused && refused.why() instanceof Refusal.NotMet late) {
      observers.clients().notMet(self.toString(), Facts.counts(late.context()));
    }
    Consumer<Answer> asker = asked.get(answer.ticket());
    if (asker != null) {
      if (!(answer instanceof Answer.Parked)) {
        asked.remove(answer.ticket());
      }
      asker.accept(answer);
    }
    armDeadline();
  }

  private void armDeadline() {
    long nextMillis = store.nextDeadlineMillis().orElse(Long.MAX_VALUE);
    if (nextMillis < armedMillis) {
      armedMillis = nextMillis;
      process.after(Math.max(1, nextMillis - process.schedule().nowMillis()), this::expire);
    }
  }

  private void expire() {
    armedMillis = Long.MAX_VALUE;
    store.expire(process.schedule().nowMillis()).forEach(this::answer);
    armDeadline();
  }
}
