package io.causa.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {

  private final OneAtATime<String> work = new OneAtATime<>();

  @Test
  void whoAsksMeanwhileGetsTheSameAnswer() {
    Promise<String> first = Promise.promise();
    Future<String> one = work.run(first::future);
    Future<String> other = work.run(() -> Future.succeededFuture("second"));

    first.complete("first");

    assertThat(one.result()).isEqualTo("first");
    assertThat(other.result()).isEqualTo("first");
  }

  @Test
  void workThatThrowsFailsAndIsNotUnderWayAnyMore() {
    Future<String> broken =
        work.run(
            () -> {
              throw new IllegalStateException("no member");
            });

    assertThat(broken.cause()).hasMessage("no member");
    assertThat(work.run(() -> Future.succeededFuture("next")).result()).isEqualTo("next");
  }
}
