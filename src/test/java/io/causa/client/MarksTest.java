package io.causa.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class MarksTest {
  @Test
  void aClockInTextBecomesCountsInItsOrder() {
    assertThat(new Marks(null, null, "node2~k3=4, node1=17").counts().toString())
        .isEqualTo("{node2~k3=4, node1=17}");
    assertThat(Marks.counts("")).isEmpty();
    assertThat(Marks.NONE.counts()).isNull();
  }

  @Test
  void whatIsNoClockIsSaid() {
    assertThatThrownBy(() -> Marks.counts("node1")).hasMessageContaining("no clock such as");
    assertThatThrownBy(() -> Marks.counts("node1=x")).hasMessageContaining("is no number");
  }

  @Test
  void troubleWithTheNetworkIsSaidInWords() {
    assertThat(NetworkTrouble.words(new ConnectException("Connection refused: /127.0.0.1:1")))
        .isEqualTo("connection refused, nothing listens there");
    assertThat(NetworkTrouble.words(new ConnectException("connection timed out: /10.0.0.1:1")))
        .isEqualTo("no connection in time");
    assertThat(NetworkTrouble.words(new UnknownHostException("x")))
        .isEqualTo("there is no host of that name");
    assertThat(NetworkTrouble.words(new TimeoutException("The timeout period of 10000ms …")))
        .isEqualTo("no answer in time");
    assertThat(NetworkTrouble.words(new IOException("Connection reset by peer")))
        .isEqualTo("the connection was closed before the answer came");
    assertThat(NetworkTrouble.words(new IOException())).isEqualTo("the request failed");
  }
}
