package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.causa.client.LinkFault;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Faults that need no root, under the load of {@code causa load}, on real nodes with disks. */
@ExtendWith(VertxExtension.class)
@Timeout(180)
class LoadIT {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final Pattern CONVERGED = Pattern.compile("(?m)^converged \\d+ ms$");

  @TempDir Path directory;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PipedOutputStream said = new PipedOutputStream();
  private LocalCluster cluster;

  @BeforeEach
  void startTheCluster() throws Exception {
    ClusterSettings settings = new ClusterSettings();
    settings.basePort = 0;
    settings.faults = true;
    settings.logs = directory.resolve("logs");
    settings.durability.directory = directory.resolve("data");
    Installation installation = Installation.ofThisProcess();
    cluster = new LocalCluster(ClusterPlan.of(settings, installation), installation);
    LocalClusters.start(cluster, new PrintWriter(new StringWriter()));
  }

  @AfterEach
  void closeTheCluster() throws IOException {
    said.close();
    cluster.close();
  }

  @Test
  void nodesConvergeAfterJitterAndAfterOneOfThemStoodStillAndNothingIsLost(Vertx vertx)
      throws Exception {
    CompletableFuture<Integer> load = load();
    awaitSeconds("none", 1);

    say("fault jitter");
    jitter(vertx, 200);
    awaitSeconds("jitter", 1);
    jitter(vertx, 0);
    say("healed");
    await(text -> count(CONVERGED, text) == 1);

    say("away node3", "fault stop");
    cluster.node("node3").pause();
    awaitSeconds("stop", 3);
    cluster.node("node3").resume();
    say("back node3", "healed");
    await(text -> count(CONVERGED, text) == 2);

    say("end");
    assertThat(load.get(60, TimeUnit.SECONDS)).as("%s", shown).isEqualTo(ExitCode.OK);
  }

  private CompletableFuture<Integer> load() throws IOException {
    PipedInputStream in = new PipedInputStream(said);
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    String[] nodes =
        cluster.nodes().stream()
            .map(node -> node.plan().id() + "=" + node.plan().url())
            .toArray(String[]::new);
    return CompletableFuture.supplyAsync(
        () -> new CommandLine(new LoadCommand(in, out)).execute(nodes),
        task -> new Thread(task).start());
  }

  private void say(String... lines) throws IOException {
    for (String line : lines) {
      said.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    said.flush();
  }

  /** Until the load has worked for so long while that was wrong, by its own lines. */
  private void awaitSeconds(String fault, int seconds) throws InterruptedException {
    Pattern line = Pattern.compile("(?m)ops/s.*links: " + fault + "\\b");
    await(text -> count(line, text) >= seconds);
  }

  private void await(Predicate<String> reached) throws InterruptedException {
    long start = System.nanoTime();
    while (!reached.test(shown.toString(StandardCharsets.UTF_8))) {
      assertThat(System.nanoTime() - start).as("%s", shown).isLessThan(LIMIT_NANOS);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static long count(Pattern pattern, String text) {
    return pattern.matcher(text).results().count();
  }

  private void jitter(Vertx vertx, long millis) throws Exception {
    LinkFault rule = new LinkFault(null, null, null, null, millis, null, null, null, null);
    for (LocalNode node : cluster.nodes()) {
      try (CausaClient client = CausaClient.open(vertx, node.plan().url())) {
        Answer answer = ClientVertx.await(client.faults(millis == 0 ? List.of() : List.of(rule)));
        assertThat(answer).isInstanceOf(Answer.Done.class);
      }
    }
  }
}
