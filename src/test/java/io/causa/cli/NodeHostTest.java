package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.engine.port.RenouncedException;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class NodeHostTest {

  private static final Throwable RENOUNCED = new RenouncedException("an older copy");
  private static final Throwable DEFECT = new IllegalStateException("a defect");

  private final List<String> events = new ArrayList<>();

  @Test
  void aNodeThatRenouncesItsIdentityIsClosedAndStartedAgainInThisProcess() throws Exception {
    assertThat(run(RENOUNCED, DEFECT)).isEqualTo(ExitCode.NODE_FAILED);
    assertThat(events).containsExactly("start", "stop", "start");
  }

  @Test
  void thatHappensOnce() throws Exception {
    assertThat(run(RENOUNCED, RENOUNCED)).isEqualTo(ExitCode.NODE_FAILED);
    assertThat(events).containsExactly("start", "stop", "start");
  }

  @Test
  void anyOtherCauseEndsTheProcess() throws Exception {
    assertThat(run(DEFECT)).isEqualTo(ExitCode.NODE_FAILED);
    assertThat(events).containsExactly("start");
  }

  @Test
  void aLackOfMemoryForBuffersHasAnExitCodeOfItsOwn() throws Exception {
    assertThat(run(new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory")))
        .isEqualTo(ExitCode.OUT_OF_MEMORY);
  }

  private int run(Throwable... causes) throws Exception {
    Queue<Throwable> next = new ArrayDeque<>(List.of(causes));
    Ports ports = new Ports("127.0.0.1");
    Map<String, String> free =
        Map.of(
            "http.port", "" + ports.free(),
            "cluster.port", "" + ports.free(),
            "cluster.busPort", "" + ports.free());
    NodeConfig config = NodeConfigLoader.load(free, Map.of(), Optional.empty());
    return new NodeHost((any, least) -> start(next.remove()), config).run();
  }

  private Future<RunningNode> start(Throwable cause) {
    events.add("start");
    return Future.succeededFuture(
        new RunningNode() {
          @Override
          public String httpUrl() {
            return "http://127.0.0.1";
          }

          @Override
          public Future<Void> ready() {
            return Future.succeededFuture();
          }

          @Override
          public Future<Throwable> broken() {
            return Future.succeededFuture(cause);
          }

          @Override
          public Future<Void> stop() {
            events.add("stop");
            return Future.succeededFuture();
          }
        });
  }
}
