package io.causa.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.node.config.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadStartTest {
  private static final Endpoint ONE = new Endpoint("one", 1);
  private static final Endpoint TWO = new Endpoint("two", 2);

  @Test
  void theFounderAsksNobody() throws InterruptedException {
    List<Endpoint> asked = new ArrayList<>();

    assertThat(HeadStart.give(order(0, 60_000), asked::add)).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void oneAnswerIsEnough() throws InterruptedException {
    assertThat(HeadStart.give(order(1, 60_000), TWO::equals)).isTrue();
  }

  @Test
  void theOthersAreAskedUntilOneAnswers() throws InterruptedException {
    List<Endpoint> asked = new ArrayList<>();

    boolean answered =
        HeadStart.give(
            order(2, 60_000),
            contact -> {
              asked.add(contact);
              return asked.size() == 5;
            });

    assertThat(answered).isTrue();
    assertThat(asked).containsExactly(ONE, TWO, ONE, TWO, ONE);
  }

  @Test
  void whenNobodyAnswersTheWaitEnds() throws InterruptedException {
    assertThat(HeadStart.give(order(1, 50), contact -> false)).isFalse();
  }

  private static FoundingOrder order(int rank, long contactWaitMillis) {
    return new FoundingOrder(List.of(ONE, TWO), rank, contactWaitMillis);
  }
}
