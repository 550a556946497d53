package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The power that scenarios have over the processes of a local cluster. */
@ExtendWith(VertxExtension.class)
@Timeout(120)
class LocalClusterIT {
  @TempDir Path home;
  private final StringWriter shown = new StringWriter();
  private LocalCluster cluster;
  private LocalNodeControl control;

  @BeforeEach
  void startTheCluster(Vertx vertx) throws Exception {
    ClusterSettings settings = new ClusterSettings();
    settings.basePort = 0;
    settings.logs = home.resolve("logs");
    Installation installation = PretendedNode.installation(home);
    cluster = new LocalCluster(ClusterPlan.of(settings, installation), installation);
    control = new LocalNodeControl(vertx, cluster);
    cluster.start(progress());
  }

  @AfterEach
  void closeTheCluster() {
    cluster.close();
    assertThat(cluster.nodes()).noneMatch(LocalNode::isAlive);
  }

  @Test
  void aStoppedNodeComesBackAtItsOldAddress() throws Exception {
    LocalNode node = cluster.node("node2");
    await(control.stop("node2"));
    assertThat(node.isAlive()).isFalse();
    await(control.start("node2"));
    cluster.start(progress());
    assertThat(node.state()).isEqualTo(LocalNode.State.READY);
  }

  @Test
  void aKilledNodeIsGoneAndNobodyIsAlarmed() throws Exception {
    cluster.watch(node -> shown.append("alarm"));
    await(control.kill("node3"));
    assertThat(cluster.node("node3").epitaph()).contains("exit code 137");
    assertThat(shown.toString()).doesNotContain("alarm");
  }

  @Test
  void anUnknownNodeIsSaid() {
    assertThat(control.stop("node9").toCompletionStage().toCompletableFuture())
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("no node node9");
  }

  private StartProgress progress() {
    return new StartProgress(
        cluster.nodes(), new PrintWriter(shown, true), false, System::nanoTime);
  }

  private static void await(Future<Void> step) throws Exception {
    step.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
