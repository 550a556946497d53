package io.causa.node;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Roster;
import io.causa.replication.Action.Abandoned;
import io.causa.replication.Action.Expelled;
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

  private record AskedToRetire(Dot last, CompletableFuture<RetireOutcome> answer) {}

  private final Storage storage;
  private final FailStop failStop;
  private final Replica self;
  private final List<Asked> asked = new ArrayList<>();
  private final List<AskedToRetire> askedToRetire = new ArrayList<>();

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
  void answer(ForgetOutcome decided, Roster durable, CompletableFuture<ForgetOutcome> answer) {
    if (decided instanceof ForgetOutcome.Forgotten forgotten) {
      asked.add(new Asked(forgotten.replica(), answer));
      answerDurable(durable);
    } else {
      answer.complete(decided);
    }
  }

  /** Answers what was decided, but only once it is durable. */
  void answer(RetireOutcome decided, Roster durable, CompletableFuture<RetireOutcome> answer) {
    if (decided instanceof RetireOutcome.Retired retired) {
      askedToRetire.add(new AskedToRetire(retired.last(), answer));
      answerDurable(durable);
    } else {
      answer.complete(decided);
    }
  }

  /** The roster is durable: whoever waited for this is answered. */
  void answerDurable(Roster durable) {
    asked.removeIf(
        one -> {
          boolean done = !durable.isMember(one.replica());
          return done && one.answer().complete(new ForgetOutcome.Forgotten(one.replica()));
        });
    askedToRetire.removeIf(
        one -> {
          boolean done = durable.retired().covers(one.last());
          return done && one.answer().complete(new RetireOutcome.Retired(one.last()));
        });
  }

  /** Stops the node; its next start is a new generation that keeps what this one holds. */
  void expel(Expelled expelled, Loop loop) {
    loop.follow(storage.stand(expelled.standing()))
        .onSuccess(noted -> failStop.stop("no member of the cluster any more", reason(expelled)))
        .onFailure(
            cause ->
                failStop.stop(
                    "no member of the cluster any more, and that could not be noted", cause));
  }

  /** Stops the node for good: the members would never agree with it. */
  void refuse(Abandoned abandoned) {
    failStop.stop(
        "the data holds writes that the cluster has given up",
        new IllegalStateException(
            "%s cannot join with the data here: it holds %s, and the cluster has retired that generation behind write %d. Move the data away and start the node with an empty directory; what only the old data holds has to be written again by hand"
                .formatted(self, abandoned.held(), abandoned.last())));
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
