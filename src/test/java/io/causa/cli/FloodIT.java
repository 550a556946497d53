package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.bench.BodyFlood;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real node with little memory, and more connections with more bytes than fit into it. */
@Timeout(120)
class FloodIT {

  private static final int BODY_BYTES = 1 << 16;
  private static final long PATIENCE_SECONDS = 60;
  private static final int PROBE_MILLIS = 50;

  @TempDir Path home;
  private final Ports ports = new Ports("127.0.0.1");
  private Process process;
  private int port;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void aNodeOutlivesMoreBodiesThanItHasMemoryFor() throws Exception {
    start(List.of("-Xmx64m"));

    try (BodyFlood flood = new BodyFlood(port, BODY_BYTES, BodyFlood.Manner.WHOLE)) {
      flood.run(400, 5);
      assertThat(flood.answers()).as(log()).containsKey(200).containsKey(503);
      assertThat(flood.answers().keySet()).as(log()).isSubsetOf(200, 503);
    }

    JsonObject load = awaitQuiet();
    assertThat(load.getLong("bodiesLimitBytes")).isEqualTo((64L << 20) / 10);
    assertThat(load.getLong("bodiesRefused") + load.getLong("connectionsRefused")).isPositive();
    assertThat(process.isAlive()).as(log()).isTrue();
  }

  @Test
  void aNodeOutlivesMoreUnfinishedHeadsThanItHasBuffersFor() throws Exception {
    start(List.of("-Xmx128m", "-XX:MaxDirectMemorySize=16m"));

    try (BodyFlood flood = new BodyFlood(port, BODY_BYTES - 100, BodyFlood.Manner.HEAD)) {
      flood.run(400, 3);
    }

    awaitQuiet();
    assertThat(process.isAlive()).as(log()).isTrue();
  }

  @Test
  void aNodeWithoutMemoryForBuffersEndsAndSaysSo() throws Exception {
    start(List.of("-Xmx128m", "-XX:MaxDirectMemorySize=8m"), "--set", "http.connections=1000");

    try (BodyFlood flood = new BodyFlood(port, BODY_BYTES - 100, BodyFlood.Manner.HEAD)) {
      flood.run(400, 20);
    }

    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(log()).isTrue();
    assertThat(process.exitValue()).as(log()).isEqualTo(ExitCode.OUT_OF_MEMORY);
    assertThat(log()).contains("no memory is left for network buffers", "http.connections");
  }

  private void start(List<String> jvmFlags, String... flags) throws Exception {
    port = ports.free();
    List<String> command = new ArrayList<>(PretendedNode.jvm(Main.class));
    command.addAll(1, jvmFlags);
    command.add(1, "-XX:+ExitOnOutOfMemoryError");
    command.addAll(
        List.of("node", "--id", "node1", "--memory", "--port", "" + port, "--cluster-port"));
    command.add("" + ports.free());
    command.addAll(List.of(flags));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(logFile().toFile())
            .start();
    await("/health/ready");
  }

  /** Waits until the clients are gone and nothing of theirs is left. */
  private JsonObject awaitQuiet() throws Exception {
    JsonObject load;
    do {
      load = new JsonObject(await("/status")).getJsonObject("http");
    } while (load.getLong("connections") > 1 || load.getLong("bodiesBytes") > 0);
    return load;
  }

  private String await(String path) throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < endNanos && process.isAlive()) {
      try {
        return get(path);
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
      }
    }
    throw new AssertionError("no answer from " + path + ":\n" + log());
  }

  private String get(String path) throws IOException {
    HttpURLConnection probe =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    probe.setReadTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    probe.setRequestProperty("Connection", "close");
    try (InputStream body = probe.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Path logFile() {
    return home.resolve("node.log");
  }

  private String log() throws IOException {
    return Files.readString(logFile());
  }
}
