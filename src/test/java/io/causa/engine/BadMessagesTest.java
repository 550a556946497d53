package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.causa.engine.BadMessages.Count;
import io.causa.engine.BadMessages.Reason;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BadMessagesTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final BadMessages bad = new BadMessages(nanos::get);
  private final Logger logger = (Logger) LoggerFactory.getLogger(BadMessages.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
  }

  @Test
  void theyAreCountedBySenderAndReason() {
    bad.dropped("node2", Reason.DAMAGED, "a");
    bad.dropped("node2", Reason.DAMAGED, "b");
    bad.dropped("node2", Reason.FORGED, "c");
    bad.dropped("node3", Reason.OTHER_VERSION, "d");

    assertThat(bad.counts())
        .containsExactly(
            new Count("node2", Reason.DAMAGED, 2),
            new Count("node2", Reason.FORGED, 1),
            new Count("node3", Reason.OTHER_VERSION, 1));
  }

  @Test
  void aSenderIsLoggedOnceAMinuteWithWhatWasNot() {
    for (int i = 0; i < 1000; i++) {
      bad.dropped("node2", Reason.DAMAGED, "detail");
    }
    bad.dropped("node3", Reason.TOO_MANY_REPLICAS, "detail");
    assertThat(logged())
        .containsExactly(
            "1 messages of node2 were dropped since the last line; this one is damaged: detail",
            "1 messages of node3 were dropped since the last line; this one is too many replicas: detail");

    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    bad.dropped("node2", Reason.DAMAGED, "later");

    assertThat(logged())
        .hasSize(3)
        .last()
        .isEqualTo(
            "1000 messages of node2 were dropped since the last line; this one is damaged: later");
  }

  @Test
  void sendersThatAreMadeUpAreCountedAsOne() {
    for (int i = 0; i < 10_000; i++) {
      bad.dropped("forged" + i, Reason.MALFORMED, "detail");
    }

    assertThat(bad.counts()).hasSize(BadMessages.MOST_SENDERS + 1);
    assertThat(bad.counts())
        .last()
        .isEqualTo(
            new Count(BadMessages.OTHERS, Reason.MALFORMED, 10_000 - BadMessages.MOST_SENDERS));
    assertThat(logged()).hasSize(BadMessages.MOST_SENDERS + 1);
  }

  private List<String> logged() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
