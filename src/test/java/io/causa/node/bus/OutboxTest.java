package io.causa.node.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On which thread and in which context messages are given to the bus. */
@ExtendWith(VertxExtension.class)
class OutboxTest {

  private record Place(Thread thread, Context context) {
    static Place here() {
      return new Place(Thread.currentThread(), Vertx.currentContext());
    }
  }

  @Test
  void aMessageIsSentOnTheThreadOfItsSenderInAContextOfTheOutbox(Vertx vertx) throws Exception {
    Outbox outbox = new Outbox(vertx);
    CompletableFuture<List<Place>> places = new CompletableFuture<>();
    vertx
        .getOrCreateContext()
        .runOnContext(
            x -> {
              List<Place> seen = new ArrayList<>();
              seen.add(Place.here());
              outbox.post(() -> seen.add(Place.here()));
              seen.add(Place.here());
              places.complete(seen);
            });

    List<Place> seen = places.get(10, TimeUnit.SECONDS);

    assertThat(seen).hasSize(3);
    assertThat(seen.get(1).thread()).isSameAs(seen.get(0).thread());
    assertThat(seen.get(1).context()).isNotSameAs(seen.get(0).context());
    assertThat(seen.get(2)).isEqualTo(seen.get(0));
  }

  @Test
  void whatOtherThreadsPostGoesToThatThread(Vertx vertx) throws Exception {
    Outbox outbox = new Outbox(vertx);
    CompletableFuture<Thread> first = new CompletableFuture<>();
    vertx
        .getOrCreateContext()
        .runOnContext(x -> outbox.post(() -> first.complete(Thread.currentThread())));
    Thread thread = first.get(10, TimeUnit.SECONDS);
    CompletableFuture<Thread> second = new CompletableFuture<>();

    outbox.post(() -> second.complete(Thread.currentThread()));

    assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(thread);
  }

  @Test
  void whatBreaksWhileAMessageIsSentDoesNotReachItsSender(Vertx vertx) throws Exception {
    Outbox outbox = new Outbox(vertx);
    CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
    Context sender = vertx.getOrCreateContext();
    sender.exceptionHandler(goesOn::completeExceptionally);

    sender.runOnContext(
        x -> {
          outbox.post(
              () -> {
                throw new IllegalStateException("the connection was reset");
              });
          goesOn.complete(true);
        });

    assertThat(goesOn.get(10, TimeUnit.SECONDS)).isTrue();
  }
}
