package io.causa.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.client.Marks;
import io.causa.history.Access;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Versions whose text means the same forever. */
class VersionsTest {
  private static final Marks ANSWER = new Marks("token", "node1:7", "node1=7", "node1.a:7");

  private final Versions versions = new Versions(Map.of());

  @Test
  void theEntityTagOfAWriteIsItsVersion() {
    Access asked = new Access("x", "v1", null);
    assertThat(versions.written(asked, ANSWER, true)).isEqualTo(new Access("x", "v1", "node1.a:7"));
    assertThat(versions.written(asked, ANSWER, false)).isEqualTo(asked);
  }

  @Test
  void aBareVersionIsNotBelievedWhereItMayMeanTwo() {
    assertThat(versions.shown("x", null, "node1:7", null)).isEqualTo(new Access("x", null, null));
    assertThat(versions.shown("x", null, "node1.b:7", null).version()).isEqualTo("node1.b:7");
  }

  @Test
  void aValueReadBeforeItsWriteWasAnsweredGetsItsVersionInTheEnd() {
    Access early = versions.shown("x", "v1", "node1:7", null);
    assertThat(early.version()).isNull();
    versions.written(new Access("x", "v1", null), ANSWER, true);
    assertThat(versions.completed(early)).isEqualTo(new Access("x", "v1", "node1.a:7"));
  }

  @Test
  void aBareVersionIsCompletedWhereItMeansOneReplicaForGood() {
    Versions lasting = new Versions(Map.of("node1", "node1.a"));
    assertThat(lasting.shown("x", null, "node1:7", null).version()).isEqualTo("node1.a:7");
  }
}
