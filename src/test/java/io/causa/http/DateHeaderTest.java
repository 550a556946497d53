package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DateHeaderTest {

  private final AtomicLong millis = new AtomicLong();
  private final DateHeader date = new DateHeader(millis::get);

  @Test
  void aDayHasTwoDigitsAndTheZoneIsGmt() {
    assertThat(date.now()).hasToString("Thu, 01 Jan 1970 00:00:00 GMT");
    millis.set(784_111_777_999L);
    assertThat(date.now()).hasToString("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void itIsMadeOnceASecond() {
    CharSequence first = date.now();
    millis.set(999);
    assertThat(date.now()).isSameAs(first);
    millis.set(1000);
    assertThat(date.now()).hasToString("Thu, 01 Jan 1970 00:00:01 GMT");
  }
}
