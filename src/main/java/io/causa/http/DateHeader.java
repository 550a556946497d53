package io.causa.http;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The value of {@code Date}, as RFC 9110 writes it. It is made once a second, when it is needed.
 *
 * <p>Owner: one HTTP loop.
 */
final class DateHeader {

  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final LongSupplier wallMillis;
  private long second = Long.MIN_VALUE;
  private CharSequence text;

  DateHeader(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /** Returns the time now, in full seconds. */
  CharSequence now() {
    long now = TimeUnit.MILLISECONDS.toSeconds(wallMillis.getAsLong());
    if (now != second) {
      second = now;
      text = HttpHeaders.createOptimized(IMF_FIXDATE.format(Instant.ofEpochSecond(now)));
    }
    return text;
  }
}
