package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that keeps everything in memory is told to stop while clients write to it. */
@Timeout(120)
class OrderlyStopIT {
  private static final int CLIENTS = 4;
  private static final int READY = 200;
  private static final int NOT_READY = 503;

  @TempDir Path home;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private LocalCluster cluster;

  @BeforeEach
  void startTheCluster() throws Exception {
    ClusterSettings settings = new ClusterSettings();
    settings.nodes = 2;
    settings.basePort = 0;
    settings.logs = home.resolve("logs");
    Installation real = new Installation(home, PretendedNode.jvm(Main.class));
    cluster = new LocalCluster(ClusterPlan.of(settings, real), real);
    cluster.start(
        new StartProgress(
            cluster.nodes(), new PrintWriter(new StringWriter()), false, System::nanoTime));
  }

  @AfterEach
  void closeTheCluster() {
    clients.shutdownNow();
    cluster.close();
  }

  @Test
  void whatItAcknowledgedIsOnThePeerWhenItHasEnded() throws Exception {
    LocalNode stopped = cluster.node("node1");
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int id = client;
      writers.add(CompletableFuture.runAsync(() -> writeUntilGone(stopped, id), clients));
    }
    awaitAcknowledged(200);

    stopped.terminate();
    List<Integer> probes = probeUntilGone(stopped);
    CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    stopped.awaitEnd();

    assertThat(stopped.epitaph()).contains("exit code 143").doesNotContain("halting");
    assertThat(probes).as("balancers are told before HTTP closes").contains(NOT_READY);
    int first = probes.indexOf(NOT_READY);
    assertThat(probes.subList(first, probes.size())).doesNotContain(READY);
    assertThat(acknowledged).hasSizeGreaterThan(200).allSatisfy(this::requireOnPeer);
  }

  private void writeUntilGone(LocalNode node, int client) {
    try {
      for (int i = 0; ; i++) {
        String key = client + "-" + i;
        if (send(node, "PUT", "/kv/" + key).statusCode() == 200) {
          acknowledged.add(key);
        }
      }
    } catch (IOException gone) {
      assertThat(gone).isNotNull(); // the end of the node: what is not answered is not acknowledged
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitAcknowledged(int writes) {
    while (acknowledged.size() < writes) {
      Thread.onSpinWait();
    }
  }

  private List<Integer> probeUntilGone(LocalNode node) throws InterruptedException {
    List<Integer> statuses = new ArrayList<>();
    try {
      while (node.isAlive()) {
        statuses.add(send(node, "GET", "/health/ready").statusCode());
      }
    } catch (IOException gone) {
      assertThat(gone).isNotNull(); // HTTP is closed
    }
    return statuses;
  }

  private void requireOnPeer(String key) throws Exception {
    assertThat(send(cluster.node("node2"), "GET", "/kv/" + key).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> send(LocalNode node, String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.plan().url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString("v"))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
