package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.Renaming;
import io.causa.core.Write;
import io.causa.identity.Incarnation;
import io.causa.identity.LastRun;
import io.causa.identity.LogEnd;
import io.causa.identity.LogMark;
import io.causa.identity.NextStart;
import io.causa.identity.Standing;
import io.causa.identity.StartMoment;
import io.causa.identity.State;
import io.causa.identity.StoredIdentity;
import io.causa.membership.Roster;
import io.causa.simulation.check.Observers;
import io.causa.storage.LogLimits;
import io.causa.storage.MemoryLog;
import io.causa.storage.Recovered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data directory, which outlives processes: the commits that reached it, whole and in their
 * order. A commit reaches the operating system first; until it is synced a loss of power takes it.
 */
final class SimulatedDisk {

  private final Replica self;
  private final LogLimits logLimits;
  private final World world;
  private final Observers observers;
  private final List<Landed> landed = new ArrayList<>();
  private MemoryLog log;
  private int synced;
  private int noted;
  private int powerLosses;
  private String lastBoot = boot();
  private boolean closed;
  private boolean full;
  private long session;
  private Optional<Incarnation> renamed = Optional.empty();
  private Standing standing = Standing.TRUSTED;
  private Roster roster = Roster.EMPTY;

  SimulatedDisk(Replica self, World world) {
    this(self, world, LogLimits.ofBytes(world.options().logBytes()));
  }

  SimulatedDisk(Replica self, World world, LogLimits logLimits) {
    this.self = self;
    this.logLimits = logLimits;
    this.log = new MemoryLog(logLimits);
    this.world = world;
    this.observers = world.observers();
  }

  Replica self() {
    return self;
  }

  World world() {
    return world;
  }

  /** What the directory says of its replica's identity. */
  private StoredIdentity stored() {
    boolean buffered = world.options().durability() == Durability.BUFFERED;
    LogMark mark = new LogMark(synced, self.generation(), standing);
    boolean mayBeOlder =
        new LastRun(buffered, closed, lastBoot).mayHaveLost(boot())
            || new LogEnd(landed.size(), Optional.of(mark), true).mayHaveLost(self);
    return new StoredIdentity(
        self,
        session,
        standing,
        applied().get(self),
        mayBeOlder,
        roster.leastGeneration(self.name()));
  }

  /** What whoever opens the directory now becomes. */
  NextStart nextStart(StartMoment now) {
    return stored().nextStart(now);
  }

  /** Whether whoever opens the directory next is a new generation. */
  boolean isRenounced() {
    return stored().isRenounced();
  }

  private String boot() {
    return "boot " + powerLosses;
  }

  /** Whether the new generation may keep all as it is. */
  boolean canBeInherited() {
    return trusted() >= applied().get(self);
  }

  /** The last own write that is not doubted. */
  long trusted() {
    return stored().trusted();
  }

  /** Empty if own writes are doubted: a copy would give them new names. */
  Optional<SimulatedDisk> backup() {
    if (standing.state() != State.TRUSTED) {
      return Optional.empty();
    }
    SimulatedDisk copy = copy();
    copy.stand(stored().ofCopy());
    return Optional.of(copy);
  }

  boolean hasLostPower() {
    return powerLosses > 0;
  }

  /** The same data in a directory of the next generation, own writes behind the trusted renamed. */
  SimulatedDisk heir(Replica fresh, NextStart.Rename start) {
    Renaming renaming = new Renaming(self, fresh, start.trusted());
    SimulatedDisk heir = new SimulatedDisk(fresh, world, logLimits);
    landed.forEach(one -> heir.landed.add(one.renamed(renaming)));
    heir.landed.forEach(one -> one.enter(heir.log));
    heir.synced = landed.size();
    heir.roster = roster;
    heir.renamed = Optional.of(start.run());
    return heir;
  }

  /** What a process finds that opens the directory now. */
  Recovered recovered() {
    Map<String, KeyState> states = new HashMap<>();
    landed.forEach(one -> one.enter(states));
    Landed last = last();
    return new Recovered(self, last.after(), last.lamport(), states, last.floor());
  }

  /**
   * A process opens the directory: its session is later than all before, whatever the clock says.
   */
  Incarnation open(StartMoment now) {
    Incarnation run = renamed.orElseGet(() -> ((NextStart.Continue) nextStart(now)).run());
    renamed = Optional.empty();
    lastBoot = boot();
    closed = false;
    session = run.session();
    return run;
  }

  /** Found by whoever opens the directory next. */
  void stand(Standing now) {
    standing = now;
  }

  /** Whether different writes with the same dots have left, so that it must not run again. */
  boolean isForked() {
    return standing.state() == State.FORKED;
  }

  boolean isDoubted() {
    return standing.state() == State.DOUBTED;
  }

  /** Everything that the log holds. */
  List<Write> writes() {
    return landed.stream()
        .flatMap(one -> one.writes().stream())
        .filter(write -> !log.trimmed().covers(write.dot()))
        .toList();
  }

  /** The directory as it is now, whatever becomes of this one. */
  SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk(self, world, logLimits);
    copy.landed.addAll(landed);
    landed.forEach(one -> one.enter(copy.log));
    copy.synced = synced;
    copy.noted = noted;
    copy.powerLosses = powerLosses;
    copy.lastBoot = lastBoot;
    copy.closed = closed;
    copy.session = session;
    copy.standing = standing;
    copy.roster = roster;
    return copy;
  }

  Roster roster() {
    return roster;
  }

  void keep(Roster now) {
    roster = now;
    noted = landed.size();
  }

  VersionVector applied() {
    return last().after();
  }

  private Landed last() {
    return landed.isEmpty() ? Landed.NOTHING : landed.get(landed.size() - 1);
  }

  /**
   * A commit or a snapshot reaches the operating system.
   *
   * @throws IllegalStateException if it does not follow the one before it
   */
  void append(Landed one) {
    if (!one.before().equals(applied())) {
      throw new IllegalStateException(
          "a commit to " + one.after() + " follows " + one.before() + ", not " + applied());
    }
    landed.add(one);
    VersionVector trimmed = log.trimmed();
    one.enter(log);
    if (one.isSnapshot()) {
      observers
          .disks()
          .installed(self.toString(), world.ended().counts(self.toString(), one.joined()));
    }
    observers.disks().durable(self.toString(), Facts.facts(one.writes()));
    Adoptions.note(one, this, world);
    observers
        .forgetting()
        .removed(
            self.toString(),
            one.removed(),
            world.ended().counts(self.toString(), one.stable()),
            world.ended().counts(self.toString(), one.floor()));
    if (!one.isSnapshot()) {
      Trimming.note(trimmed, one, this);
    }
  }

  void sync() {
    synced = landed.size();
  }

  /** The process that has it open ends in good order. */
  void close() {
    sync();
    closed = true;
  }

  /** There is no room any more: whatever would be written fails. */
  void fill() {
    full = true;
  }

  boolean isFull() {
    return full;
  }

  /** There is room again, for a process that starts now. */
  void makeRoom() {
    full = false;
  }

  /** What clients take for one node: one that forgot what it had shown counts as another. */
  String label() {
    return powerLosses == 0 ? self.toString() : self + " after power loss " + powerLosses;
  }

  /**
   * Loses what was not synced.
   *
   * @return how many own writes are lost
   */
  long losePower() {
    powerLosses++;
    long own = applied().get(self);
    end(synced);
    return own - applied().get(self);
  }

  /** While no process has it open, so many commits go that were synced; the mark of that stays. */
  void cut(int commits) {
    end(Math.max(noted, landed.size() - commits));
  }

  private void end(int commits) {
    landed.subList(commits, landed.size()).clear();
    log = new MemoryLog(logLimits);
    landed.forEach(one -> one.enter(log));
    observers.disks().cut(self.toString(), world.ended().counts(self.toString(), applied()));
  }

  /** What the log holds of the origin from there on, by sequence. */
  Iterable<Write> log(Replica origin, long from) {
    return log.from(origin, from);
  }

  VersionVector trimmed() {
    return log.trimmed();
  }

  LogLimits logLimits() {
    return logLimits;
  }

  long logBytes() {
    return log.bytes();
  }
}
