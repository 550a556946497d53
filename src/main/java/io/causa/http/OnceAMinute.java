package io.causa.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Passes a warning on at most once a minute, however often it is given.
 *
 * <p>Any thread.
 */
final class OnceAMinute {

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoTime;
  private final Consumer<String> target;
  private final AtomicLong nextNanos;

  OnceAMinute(LongSupplier nanoTime, Consumer<String> target) {
    this.nanoTime = nanoTime;
    this.target = target;
    this.nextNanos = new AtomicLong(nanoTime.getAsLong());
  }

  /** Passes the text on, unless another one was passed on within the last minute. */
  void warn(String text) {
    long now = nanoTime.getAsLong();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + MINUTE_NANOS)) {
      target.accept(text);
    }
  }
}
