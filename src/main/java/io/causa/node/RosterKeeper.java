package io.causa.node;

import io.causa.clock.Replica;
import io.causa.core.Roster;
import io.causa.node.port.ForgetOutcome;
import io.causa.replication.Action.Expelled;
import io.causa.replication.Forgetting;
import io.causa.storage.Standing;
import io.causa.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Makes durable what {@link io.causa.replication.Replicator} decides about members, and answers
 * those who asked for it.
 *
 * <p>Owner: the replication loop.
 */
final class RosterKeeper {

  private record Asked(Replica replica, CompletableFuture<ForgetOutcome> answer) {}

  private final Storage storage;
  private final FailStop failStop;
  private final Replica self;
  private final List<Asked> asked = new ArrayList<>();

  RosterKeeper(Replica self, Storage storage, FailStop failStop) {
    this.self = self;
    this.storage = storage;
    this.failStop = failStop;
  }

  /** Makes the roster durable, and says so on the loop. */
  void keep(Roster roster, Loop loop, Consumer<Roster> kept) {
    loop.follow(storage.keep(roster))
        .onSuccess(done -> kept.accept(roster))
        .onFailure(cause -> failStop.stop("the members cannot be noted: " + roster, cause));
  }

  /** Answers what was decided, but only once it is durable. */
  void answer(Forgetting decided, Roster durable, CompletableFuture<ForgetOutcome> answer) {
    if (decided instanceof Forgetting.Forgotten forgotten) {
      asked.add(new Asked(forgotten.replica(), answer));
      answerDurable(durable);
    } else if (decided instanceof Forgetting.Live live) {
      answer.complete(new ForgetOutcome.Live(live.replica(), live.heardMillisAgo()));
    } else if (decided instanceof Forgetting.Unknown unknown) {
      answer.complete(new ForgetOutcome.Unknown(unknown.name()));
    } else if (decided instanceof Forgetting.Self own) {
      answer.complete(new ForgetOutcome.Self(own.replica()));
    }
  }

  /** The roster is durable: whoever waited for this is answered. */
  void answerDurable(Roster durable) {
    asked.removeIf(
        one -> {
          boolean done = !durable.isMember(one.replica());
          return done && one.answer().complete(new ForgetOutcome.Forgotten(one.replica()));
        });
  }

  /** Stops the node; its next start is a new generation that keeps what this one holds. */
  void expel(Expelled expelled, Loop loop) {
    loop.follow(storage.stand(Standing.renounced(expelled.trusted())))
        .onSuccess(noted -> failStop.stop("no member of the cluster any more", reason(expelled)))
        .onFailure(
            cause ->
                failStop.stop(
                    "no member of the cluster any more, and that could not be noted", cause));
  }

  private Throwable reason(Expelled expelled) {
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
