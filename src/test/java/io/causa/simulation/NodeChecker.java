package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.Commit;
import io.causa.core.KeyReading;
import io.causa.core.Refusal;
import io.causa.core.StagedWrite;
import io.causa.engine.port.Observer;
import io.causa.identity.State;
import io.causa.replication.Action;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.simulation.check.Name;
import io.causa.simulation.check.Observers;
import io.causa.simulation.check.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Watches one engine: tells the checkers, the trace and the tally what happens in it. */
final class NodeChecker implements Observer {

  /** Where the feed may go on behind a gap; a base may stand for a part of that by then. */
  private final Set<Map<String, Long>> gaps = new HashSet<>();

  private final World world;
  private final SimulatedNode node;
  private final Readers readers;
  private final String self;
  private final RetirementCheck retirements;
  private final Set<Long> held = new HashSet<>();
  private Consumer<Action> mustStop = NodeChecker::endRun;
  private boolean stopsAreExpected;
  private boolean mayStamp;
  private String warning = "";

  NodeChecker(World world, SimulatedNode node, Replica self, Readers readers) {
    this.world = world;
    this.node = node;
    this.readers = readers;
    this.self = self.toString();
    this.retirements = new RetirementCheck(self);
  }

  /** Sets what happens when the node finds out that it must not go on as it is. */
  void onMustStop(Consumer<Action> consumer) {
    mustStop = consumer;
    stopsAreExpected = true;
  }

  /** A write was answered as held. */
  void held(long ticket) {
    held.add(ticket);
    observers().clients().held(self, ticket);
  }

  /** What the node did without when it became ready; empty if nothing. */
  String warning() {
    return warning;
  }

  @Override
  public void beforeChange() {
    readers.lookBetween();
    judgeAbsences();
  }

  /** A reader that finds no key now is told a context that covers why. */
  private void judgeAbsences() {
    for (String key : observers().end().keys(self)) {
      KeyReading reading = KeyReading.of(node.view(), key);
      if (reading.state().isEmpty()) {
        observers().clients().saysSeen(key, null, world.ended().counts(self, reading.seen()));
      }
    }
  }

  @Override
  public void applied(Commit commit) {
    judgeStamps(commit);
    observers().disks().visible(self, Facts.names(Facts.writes(commit)));
    tally(commit);
  }

  @Override
  public void installed(Commit snapshot) {
    judgeStamps(snapshot);
    world.tally().count("snapshots installed");
    observers().disks().visible(self, world.ended().counts(self, snapshot.after()));
    gaps.add(
        world
            .ended()
            .counts(
                self,
                snapshot.writes().isEmpty()
                    ? snapshot.after()
                    : snapshot.writes().get(0).before()));
    judgeKeys();
    tally(snapshot);
  }

  /**
   * Nothing stamps before the node may stamp, and before its directory says that it is a member: no
   * client's write, no adoption, no snapshot.
   */
  private void judgeStamps(Commit commit) {
    for (StagedWrite one : commit.writes()) {
      boolean isMember = node.disk().roster().isMember(node.self());
      if (!(mayStamp && isMember) && one.write().origin().equals(node.self())) {
        throw new Verdict("stamped-early", self + " stamps " + Words.of(Facts.writes(commit)));
      }
    }
  }

  /** A snapshot shows what all writes up to it would have shown one by one. */
  private void judgeKeys() {
    for (String key : observers().end().keys(self)) {
      List<Name> versions = node.view().get(key).map(Facts::versions).orElse(List.of());
      observers().end().holds(self, key, versions);
    }
  }

  private void tally(Commit commit) {
    Limits.checkData(node, world.options());
    world.trace().say(self, "applies", Words.of(Facts.writes(commit)));
    boolean isSnapshot = commit.writes().isEmpty() && !commit.after().equals(commit.before());
    world.tally().add("writes applied", commit.writes().size() + (isSnapshot ? 1 : 0));
    world.tally().add("tombstones removed", commit.removed().keys().size());
    world.tally().add("late writes adopted", Adoptions.count(commit, node.disk()));
    if (knowsTwoGenerations(commit)) {
      world.tally().count("commits where two generations of a name meet");
    }
    if (node.engine().store().fill().isStopped()) {
      world.tally().count("data was beyond its limit, and nothing was taken in");
    } else if (node.engine().store().fill().percent() > 100) {
      world.tally().count("data was in the reserve");
    }
  }

  private static boolean knowsTwoGenerations(Commit commit) {
    Set<String> names = new HashSet<>();
    boolean two = false;
    for (Dot last : commit.after()) {
      two |= !names.add(last.replica().name());
    }
    return two;
  }

  @Override
  public void answered(Answer answer) {
    boolean isHeld = held.contains(answer.ticket());
    if (answer instanceof Answer.Written written) {
      observers().clients().answered(self, Facts.name(written.version()));
      if (isHeld) {
        observers().clients().heldApplied(self, answer.ticket());
      }
    } else if (answer instanceof Answer.Refused refused) {
      refused(answer.ticket(), refused.why(), isHeld);
    }
  }

  private void refused(long ticket, Refusal why, boolean isHeld) {
    if (why instanceof Refusal.NotMet late && hasBasesOf(late.context())) {
      observers().clients().notMet(self, world.ended().counts(self, late.context()));
    }
    if (isHeld && (why instanceof Refusal.NotMet || why instanceof Refusal.DataFull)) {
      observers().clients().heldExpired(self, ticket);
    }
  }

  /**
   * A base is taken with a commit, which a disk may never end. And what it stands for may be
   * forgotten by all nodes, if all lost their memory.
   */
  private boolean hasBasesOf(VersionVector context) {
    return node.view().applied().covers(context.onlyBases());
  }

  @Override
  public void cancelled(long ticket) {
    observers().clients().heldCancelled(self, ticket);
  }

  @Override
  public void received(WriteBatch batch) {
    observers().peers().arrived(self, Facts.names(batch.writes()));
    world.trace().say(self, "←", batch.sender(), Words.of(batch));
  }

  @Override
  public void buffered() {
    Limits.check(node, world.options());
    retirements.received(node.buffer().received(), node.disk().applied());
    int heldWrites = node.buffer().heldWrites();
    if (heldWrites > 100) {
      world.tally().count("buffer held more than 100 writes");
    } else if (heldWrites > 0) {
      world.tally().count("buffer held a write");
    }
    if (heldWrites >= world.options().buffer().writes()) {
      world.tally().count("buffer was full");
    }
  }

  @Override
  public void dropped(PeerMessage message, String reason) {
    if (reason.equals("too many replicas")) {
      throw new Verdict("replica-limit", self + " refuses " + Words.of(message));
    }
    world.tally().count("messages that only the receiver could have sent");
  }

  @Override
  public void acts(Action action) {
    retirements.acts(action);
    if (action instanceof Action.Send sent && sent.message() instanceof WriteBatch) {
      Limits.checkWindows(node, world.options());
    } else if (action instanceof Action.Retire retire) {
      world.ended().note(node.self(), retire.ended().ended());
      observers().gaveUp();
      world.trace().say(self, "retires", action);
    } else if (action instanceof Action.Raise raise) {
      world.tally().count("bases that a node may take");
      world.trace().say(self, "may take", raise.bases());
    } else if (action instanceof Action.Renew renew) {
      world.trace().say(self, "registers again", renew.reason());
    } else if (action instanceof Action.Rejoin rejoin) {
      world.trace().say(self, "joins again", rejoin.reason());
    } else if (action instanceof Action.InstallSnapshot complete) {
      world.trace().say(self, "installs a snapshot", complete.snapshot().instant().vector());
    } else if (action instanceof Action.Ready now) {
      warning = now.warning();
      world.trace().say(self, "is ready", warning);
    } else if (action instanceof Action.NoteStanding note) {
      world.trace().say(self, "notes", note);
      world
          .tally()
          .count(note.standing().state() == State.DOUBTED ? "doubts noted" : "doubts cleared");
    } else if (action instanceof Action.MayStamp) {
      mayStamp = true;
    } else if (action instanceof Action.Expelled expelled) {
      judge(expelled);
    } else if (action instanceof Action.OlderCopy || action instanceof Action.Collision) {
      world.trace().say(self, "must stop", action);
      mustStop.accept(action);
    } else if (action instanceof Action.Stable now) {
      stable(now.stable());
    }
  }

  private void stable(VersionVector stable) {
    Set<String> members = new HashSet<>();
    node.peers().roster().members().forEach(member -> members.add(member.toString()));
    observers().forgetting().stable(self, world.ended().counts(self, stable), members);
  }

  /** Right only if somebody forgot the node, or if its clock makes it look like an earlier one. */
  private void judge(Action.Expelled expelled) {
    boolean forgotten = expelled.latest().toString().equals(self) && expelled.least() == 0;
    String reason = forgotten ? Tally.FORGOTTEN : Tally.CLOCK_BACK;
    if (!stopsAreExpected && world.tally().get(reason) == 0) {
      throw new Verdict("false-expulsion", self + " believes to be no member: " + expelled);
    }
    world.tally().count("members that were told to be none");
    world.trace().say(self, "is expelled", expelled);
  }

  private static void endRun(Action action) {
    if (action instanceof Action.Collision) {
      throw new Verdict("false-collision", "no other node lives under the name of " + action);
    }
    throw new IllegalStateException("a node ran on an older copy of its data: " + action);
  }

  /** A subscriber hears of a write; only a snapshot may leave a gap before it. */
  void published(StagedWrite write) {
    Map<String, Long> before = world.ended().counts(self, write.before());
    if (gaps.remove(before)) {
      observers().disks().skipped(self, before);
    }
    observers()
        .disks()
        .fed(
            self,
            Facts.name(write.write().dot()),
            before,
            world.ended().counts(self, write.after()));
  }

  @Override
  public void pushed(long sequence) {
    node.judgePushed(sequence);
  }

  private Observers observers() {
    return world.observers();
  }
}
