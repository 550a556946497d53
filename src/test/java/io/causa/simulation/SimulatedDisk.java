package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyState;
import io.causa.core.Renaming;
import io.causa.core.Roster;
import io.causa.core.Write;
import io.causa.simulation.check.Observers;
import io.causa.storage.Incarnation;
import io.causa.storage.LastRun;
import io.causa.storage.Recovered;
import io.causa.storage.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A data directory, which outlives processes: the commits that reached it, whole and in their
 * order. A commit reaches the operating system first; until it is synced a loss of power takes it.
 */
final class SimulatedDisk {

  private final Replica self;
  private final long maxLogBytes;
  private final World world;
  private final Observers observers;
  private final List<Commit> commits = new ArrayList<>();
  private final Map<Replica, TreeMap<Long, Write>> log = new HashMap<>();
  private final List<Write> oldestFirst = new ArrayList<>();
  private VersionVector trimmed = VersionVector.EMPTY;
  private long logBytes;
  private int synced;
  private int powerLosses;
  private String lastBoot = boot();
  private long session;
  private Standing standing = Standing.TRUSTED;
  private Roster roster = Roster.EMPTY;

  SimulatedDisk(Replica self, World world) {
    this.self = self;
    this.maxLogBytes = world.options().logBytes();
    this.world = world;
    this.observers = world.observers();
  }

  Replica self() {
    return self;
  }

  /** Whether whoever opens the directory next is a new generation. */
  boolean isRenounced() {
    boolean buffered = world.options().durability() == Durability.BUFFERED;
    return standing.state() == Standing.State.RENOUNCED
        || new LastRun(buffered, false, lastBoot).mayHaveLost(boot());
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
    boolean isTrusted = standing.state() == Standing.State.TRUSTED;
    return isTrusted ? applied().get(self) : standing.trusted();
  }

  /** Empty if own writes are doubted: a copy would give them new names. */
  Optional<SimulatedDisk> backup() {
    if (standing.state() != Standing.State.TRUSTED) {
      return Optional.empty();
    }
    SimulatedDisk copy = copy();
    copy.stand(Standing.renounced(applied().get(self)));
    return Optional.of(copy);
  }

  boolean hasLostPower() {
    return powerLosses > 0;
  }

  /** How many writes were made durable here. */
  int committed() {
    return commits.stream().mapToInt(commit -> commit.writes().size()).sum();
  }

  /** The same data in a directory of the next generation, own writes behind the trusted renamed. */
  SimulatedDisk heir(Replica fresh) {
    Renaming renaming = new Renaming(self, fresh, trusted());
    SimulatedDisk heir = new SimulatedDisk(fresh, world);
    commits.forEach(commit -> heir.commits.add(RenamedCommit.of(commit, renaming)));
    oldestFirst.forEach(write -> heir.log(renaming.rename(write)));
    heir.trimmed = renaming.rename(trimmed);
    heir.synced = commits.size();
    heir.roster = roster;
    return heir;
  }

  /** What a process finds that opens the directory now. */
  Recovered recovered() {
    Map<String, KeyState> states = new HashMap<>();
    for (Commit commit : commits) {
      states.putAll(commit.finalStates());
      commit.collected().keys().forEach(states::remove);
    }
    if (commits.isEmpty()) {
      return new Recovered(self, VersionVector.EMPTY, 0, states, VersionVector.EMPTY);
    }
    Commit last = commits.get(commits.size() - 1);
    return new Recovered(self, last.after(), last.lamport(), states, last.collected().floor());
  }

  /**
   * A process opens the directory: its session is later than all before, whatever the clock says.
   */
  Incarnation open(long clockMillis) {
    boolean isNew = session == 0;
    lastBoot = boot();
    session = Math.max(session + 1, clockMillis);
    return new Incarnation(session, standing, isNew);
  }

  /** Found by whoever opens the directory next. */
  void stand(Standing now) {
    standing = now;
  }

  boolean isDoubted() {
    return standing.state() == Standing.State.DOUBTED;
  }

  /** Everything that the log holds. */
  List<Write> writes() {
    return log.values().stream().flatMap(ofOne -> ofOne.values().stream()).toList();
  }

  /** The directory as it is now, whatever becomes of this one. */
  SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk(self, world);
    copy.commits.addAll(commits);
    oldestFirst.forEach(copy::log);
    copy.trimmed = trimmed;
    copy.synced = synced;
    copy.powerLosses = powerLosses;
    copy.lastBoot = lastBoot;
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
  }

  VersionVector applied() {
    return commits.isEmpty() ? VersionVector.EMPTY : commits.get(commits.size() - 1).after();
  }

  /**
   * A commit reaches the operating system.
   *
   * @throws IllegalStateException if it does not follow the commit before it
   */
  void append(Commit commit) {
    if (!commit.before().equals(applied())) {
      throw new IllegalStateException(
          "commit " + commit.number() + " follows " + commit.before() + ", not " + applied());
    }
    commits.add(commit);
    List<Write> writes = Facts.writes(commit);
    observers.disks().durable(self.toString(), Facts.facts(writes));
    Adoptions.note(commit, this, world);
    observers
        .forgetting()
        .collected(
            self.toString(),
            commit.collected().keys(),
            Facts.counts(commit.stable()),
            Facts.counts(commit.collected().floor()));
    writes.forEach(this::log);
    trim();
  }

  void sync() {
    synced = commits.size();
  }

  /** What clients take for one node: one that forgot what it had shown counts as another. */
  String label() {
    return powerLosses == 0 ? self.toString() : self + " after power loss " + powerLosses;
  }

  /** Loses what was not synced; the writes that are lost. */
  List<Write> losePower() {
    powerLosses++;
    List<Commit> unsynced = commits.subList(synced, commits.size());
    List<Write> lost = unsynced.stream().flatMap(c -> Facts.writes(c).stream()).toList();
    unsynced.clear();
    lost.forEach(write -> log.get(write.origin()).remove(write.dot().sequence()));
    oldestFirst.removeAll(lost);
    logBytes -= lost.stream().mapToLong(Write::sizeBytes).sum();
    observers.disks().cut(self.toString(), committed());
    return lost;
  }

  /** What the log holds of the origin from there on, by sequence. */
  Iterable<Write> log(Replica origin, long from) {
    return log.getOrDefault(origin, new TreeMap<>()).tailMap(from).values();
  }

  VersionVector trimmed() {
    return trimmed;
  }

  long logBytes() {
    return logBytes;
  }

  private void log(Write write) {
    log.computeIfAbsent(write.origin(), origin -> new TreeMap<>())
        .put(write.dot().sequence(), write);
    oldestFirst.add(write);
    logBytes += write.sizeBytes();
  }

  private void trim() {
    while (logBytes > maxLogBytes && oldestFirst.size() > 1) {
      Write oldest = oldestFirst.remove(0);
      log.get(oldest.origin()).remove(oldest.dot().sequence());
      logBytes -= oldest.sizeBytes();
      trimmed = trimmed.with(oldest.dot());
    }
  }
}
