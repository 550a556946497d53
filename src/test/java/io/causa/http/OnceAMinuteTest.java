package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OnceAMinuteTest {

  @Test
  void furtherOnesWithinAMinuteAreLeftOut() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    List<String> passed = new ArrayList<>();
    OnceAMinute warning = new OnceAMinute(nanos::get, passed::add);

    warning.warn("a");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(59));
    warning.warn("b");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    warning.warn("c");

    assertThat(passed).containsExactly("a", "c");
  }
}
