package io.causa.engine;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.engine.port.ExpelledException;
import io.causa.engine.port.GivenUpException;
import io.causa.engine.port.Host;
import io.causa.engine.port.RenouncedException;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Roster;
import io.causa.replication.Action.Abandoned;
import io.causa.replication.Action.Expelled;
import io.causa.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes durable what {@link io.causa.replication.Replicator} decides about members, and answers
 * those who asked for it.
 *
 * <p>Owner: the replication loop.
 */
final class RosterKeeper {

  private record Asked(Replica replica, Consumer<ForgetOutcome> reply) {}

  private record AskedToRetire(Dot last, Consumer<RetireOutcome> reply) {}

  private final Replica self;
  private final Storage storage;
  private final Host host;
  private final Mailbox fromDisk;
  private final List<Asked> asked = new ArrayList<>();
  private final List<AskedToRetire> askedToRetire = new ArrayList<>();

  RosterKeeper(Replica self, Storage storage, Host host, Mailbox fromDisk) {
    this.self = self;
    this.storage = storage;
    this.host = host;
    this.fromDisk = fromDisk;
  }

  /** Makes the roster durable, and says so on the loop. */
  void keep(Roster roster, Consumer<Roster> kept) {
    storage
        .keep(roster)
        .whenComplete((done, failure) -> fromDisk.offer(() -> kept(roster, failure, kept)));
  }

  private void kept(Roster roster, Throwable failure, Consumer<Roster> kept) {
    if (failure == null) {
      kept.accept(roster);
    } else {
      host.fail("the members cannot be noted: " + roster, failure);
    }
  }

  /** Answers what was decided, but only once it is durable. */
  void answer(ForgetOutcome decided, Roster durable, Consumer<ForgetOutcome> reply) {
    if (decided instanceof ForgetOutcome.Forgotten forgotten) {
      asked.add(new Asked(forgotten.replica(), reply));
      answerDurable(durable);
    } else {
      reply.accept(decided);
    }
  }

  /** Answers what was decided, but only once it is durable. */
  void answer(RetireOutcome decided, Roster durable, Consumer<RetireOutcome> reply) {
    if (decided instanceof RetireOutcome.Retired retired) {
      askedToRetire.add(new AskedToRetire(retired.last(), reply));
      answerDurable(durable);
    } else {
      reply.accept(decided);
    }
  }

  /** The roster is durable: those who waited for what it says are answered. */
  void answerDurable(Roster durable) {
    asked.removeIf(
        one -> {
          boolean done = !durable.isMember(one.replica());
          if (done) {
            one.reply().accept(new ForgetOutcome.Forgotten(one.replica()));
          }
          return done;
        });
    askedToRetire.removeIf(
        one -> {
          boolean done = durable.retires(one.last());
          if (done) {
            one.reply().accept(new RetireOutcome.Retired(one.last()));
          }
          return done;
        });
  }

  /** Stops the node; its next start is a new generation that keeps what this one holds. */
  void expel(Expelled expelled) {
    storage
        .stand(expelled.standing())
        .whenComplete((noted, failure) -> fromDisk.offer(() -> expel(expelled, failure)));
  }

  private void expel(Expelled expelled, Throwable failure) {
    if (failure == null) {
      host.fail("no member of the cluster any more", reason(expelled));
    } else {
      host.fail("no member of the cluster any more, and that could not be noted", failure);
    }
  }

  /** Stops the node for good: the members would never agree with it. */
  void refuse(Abandoned abandoned) {
    host.fail(
        "the data holds writes that the cluster has given up",
        new GivenUpException(
            "%s cannot join with the data here: it holds %s, and the cluster has retired that generation behind write %d. Move the data away and start the node with an empty directory; what only the old data holds has to be written again by hand"
                .formatted(self, abandoned.held(), abandoned.last())));
  }

  private Throwable reason(Expelled expelled) {
    if (expelled.least() > 0) {
      return new RenouncedException(
          "the generation of %s is one that the cluster has ended: the clock of this machine is behind, or was ahead before. Started again, the node takes a later generation%s"
              .formatted(
                  self,
                  storage.outlivesTheProcess()
                      ? ""
                      : "; what it has written and no other node has taken is lost, as storage.mode is memory"),
          expelled.least());
    }
    String what =
        expelled.latest().equals(self)
            ? "it was forgotten, as by `causa forget %s`".formatted(self.name())
            : "a node without its data was started under the same name and took its place as %s"
                .formatted(expelled.latest());
    return new ExpelledException(
        "%s must not go on: %s. If it shall belong to the cluster, start it again%s: it joins as a new generation, keeps what is on its disk and hands on what the others lack"
            .formatted(
                self,
                what,
                expelled.latest().equals(self)
                    ? ""
                    : " under another --id, or once " + expelled.latest() + " is stopped"));
  }
}
