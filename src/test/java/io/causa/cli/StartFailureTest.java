package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class StartFailureTest {

  @Test
  void wrappersThatOnlyRepeatTheirCauseAreLeftOut() {
    Throwable failure = new CompletionException(new IOException("disk is full"));
    assertThat(StartFailure.reasons(failure)).isEqualTo("disk is full");
  }

  @Test
  void everyReasonIsInTheLine() {
    Throwable failure =
        new IllegalStateException("cannot open the log", new IOException("disk is full"));
    assertThat(StartFailure.reasons(failure)).isEqualTo("cannot open the log: disk is full");
  }

  @Test
  void aReasonWithoutAMessageShowsItsType() {
    assertThat(StartFailure.reasons(new IllegalStateException())).isEqualTo("illegal state");
  }
}
