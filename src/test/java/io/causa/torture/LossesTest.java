package io.causa.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.history.Access;
import io.causa.history.HistoryEvent;
import io.causa.history.Operation;
import io.causa.history.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Acknowledged writes that are nowhere in the end. */
class LossesTest {
  private static final Clock CLOCK = new Clock(Map.of("node1.a", 2L));

  @Test
  void whatTheNodesHaveIsNotLost() {
    assertThat(losses(put("node1", "node1.a:2", null), true)).isEqualTo(new Losses(0, null, 0));
  }

  @Test
  void nothingMayBeLostThatWasKeptOnDisk() {
    HistoryEvent put = put("node1", "node1.a:3", null);
    assertThat(losses(put, true)).isEqualTo(new Losses(1, put, 0));
  }

  @Test
  void whatOnlyAForgetfulNodeHadIsLostByDesign() {
    assertThat(losses(put("node1", "node1.a:3", null), false)).isEqualTo(new Losses(0, null, 1));
    assertThat(losses(put("node1", "node1.b:1", null), false)).isEqualTo(new Losses(0, null, 1));
  }

  @Test
  void whatAnotherNodeAcknowledgedTooMustSurvive() {
    HistoryEvent put = put("node1", "node1.a:3", 1);
    assertThat(losses(put, false)).isEqualTo(new Losses(1, put, 0));
  }

  @Test
  void whatANodeAcknowledgedThatNeverForgotMustSurvive() {
    HistoryEvent put = put("node2", "node2.a:1", null);
    assertThat(losses(put, false)).isEqualTo(new Losses(1, put, 0));
  }

  private static Losses losses(HistoryEvent event, boolean durable) {
    return Losses.of(List.of(event), CLOCK, List.of("node1#2", "node2"), durable);
  }

  private static HistoryEvent put(String node, String version, Integer acks) {
    List<Access> accesses = List.of(new Access("x", "1", version));
    return new HistoryEvent(
        "alice", node, Operation.PUT, accesses, null, null, 0, 1, Outcome.OK, acks);
  }
}
