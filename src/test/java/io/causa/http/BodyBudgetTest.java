package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

  private static final int LIMIT = 100;
  private static final int BODIES = 8;

  /** One step of one body: takes so many bytes, or with none gives everything back. */
  record Step(int body, int bytes) {}

  @Property
  void whatIsTakenIsWhatTheBodiesHoldAndNeverMoreThanTheLimit(
      @ForAll @Size(max = 60) List<@IntRange(max = BODIES * 60 - 1) Integer> numbers) {
    BodyBudget budget = new BodyBudget(LIMIT);
    List<BodyBudget.Lease> leases = new ArrayList<>();
    long[] held = new long[BODIES];
    boolean[] over = new boolean[BODIES];
    for (int body = 0; body < BODIES; body++) {
      leases.add(budget.lease());
    }
    for (int number : numbers) {
      Step step = new Step(number % BODIES, number / BODIES);
      play(step, leases.get(step.body()), held, over, budget);
      assertThat(budget.bytes()).isEqualTo(java.util.Arrays.stream(held).sum());
      assertThat(budget.bytes()).isBetween(0L, (long) LIMIT);
    }
    leases.forEach(BodyBudget.Lease::release);
    leases.forEach(BodyBudget.Lease::release);
    assertThat(budget.bytes()).isZero();
    assertThat(budget.bodies()).isZero();
  }

  private static void play(
      Step step, BodyBudget.Lease lease, long[] held, boolean[] over, BodyBudget budget) {
    if (step.bytes() == 0) {
      lease.release();
      held[step.body()] = 0;
      over[step.body()] = true;
      return;
    }
    boolean room = !over[step.body()] && budget.bytes() + step.bytes() <= LIMIT;
    assertThat(lease.take(step.bytes())).isEqualTo(room);
    held[step.body()] += room ? step.bytes() : 0;
  }

  @Test
  void aRefusedBodyIsCountedAndKeepsWhatItHad() {
    BodyBudget budget = new BodyBudget(LIMIT);
    BodyBudget.Lease lease = budget.lease();
    assertThat(lease.take(LIMIT)).isTrue();

    assertThat(lease.take(1)).isFalse();

    assertThat(budget.refused()).isEqualTo(1);
    assertThat(budget.bytes()).isEqualTo(LIMIT);
    assertThat(budget.bodies()).isEqualTo(1);
  }

  @Test
  void aHugeBodyDoesNotOverflow() {
    BodyBudget budget = new BodyBudget(LIMIT);
    budget.lease().take(LIMIT);

    assertThat(budget.lease().take(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void manyThreadsLeaveNothingBehind() throws Exception {
    BodyBudget budget = new BodyBudget(LIMIT);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      running.add(threads.submit(() -> takeAndRelease(budget)));
    }
    for (Future<?> done : running) {
      done.get();
    }
    threads.shutdown();

    assertThat(budget.bytes()).isZero();
    assertThat(budget.bodies()).isZero();
  }

  private static void takeAndRelease(BodyBudget budget) {
    for (int i = 0; i < 10_000; i++) {
      BodyBudget.Lease lease = budget.lease();
      lease.take(i % 70);
      if (budget.bytes() > LIMIT) {
        throw new AssertionError("%d bytes are taken".formatted(budget.bytes()));
      }
      lease.release();
    }
  }
}
