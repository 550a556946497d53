package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.VersionVector;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  private final List<Object> ends = new ArrayList<>();
  private final Answer answer = new Answer(200, VersionVector.EMPTY);
  private final Exchange exchange =
      new Exchange(
          null, null, (ended, given, failure) -> ends.add(given == null ? failure : given));

  @Test
  void endsOnce() {
    exchange.answer(answer);

    assertThatThrownBy(() -> exchange.answer(answer)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> exchange.fail(new Exception("late")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ends).containsExactly(answer);
  }

  @Test
  void aStepThatThrowsIsTheEnd() {
    RuntimeException thrown = new RuntimeException("thrown by a step");

    exchange.attempt(
        () -> {
          throw thrown;
        });

    assertThat(ends).containsExactly(thrown);
  }

  @Test
  void whatIsThrownAfterTheEndIsNotSwallowed() {
    Error thrown = new OutOfMemoryError("thrown while the answer was sent");

    assertThatThrownBy(
            () ->
                exchange.attempt(
                    () -> {
                      exchange.answer(answer);
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(ends).containsExactly(answer);
  }

  @Test
  void endsAsItsFutureDoes() {
    Exception failure = new Exception("failed");

    Future.<Answer>failedFuture(failure).onComplete(exchange::end);

    assertThat(ends).containsExactly(failure);
  }
}
