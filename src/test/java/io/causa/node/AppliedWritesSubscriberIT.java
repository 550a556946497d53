package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.TestPorts;
import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A Vert.x program in another JVM joins the cluster and sees what a node applies, in causal order.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AppliedWritesSubscriberIT {

  private static final int WRITES = 200;

  private final String cluster = "feed-" + ProcessHandle.current().pid();
  private final List<CausaNode> nodes = new ArrayList<>();
  private Process subscriber;

  @AfterEach
  void endAll() {
    subscriber.destroyForcibly();
    nodes.forEach(node -> node.stop().await());
  }

  @Test
  void aSubscriberInAnotherJvmSeesEveryWriteOnceInCausalOrder() throws IOException {
    int contact = TestPorts.free();
    CausaNode first = start("node1", contact, contact);
    CausaNode second = start("node2", TestPorts.free(), contact);
    BufferedReader output = subscribe(contact, "node1");

    // A chain: each write is made by the other node, once it has seen the one before.
    VersionVector seen = VersionVector.EMPTY;
    for (int i = 1; i <= WRITES; i++) {
      seen = write(i % 2 == 0 ? first : second, "k" + i % 7, i, seen);
    }

    Map<String, Long> clock = new HashMap<>();
    String position = null;
    for (int i = 1; i <= WRITES; i++) {
      JsonObject event = nextEvent(output);
      assertThat(event.getString("key")).isEqualTo("k" + i % 7);
      assertThat(event.getString("value")).isEqualTo(Integer.toString(i));
      assertThat(event.getString("origin")).isEqualTo(i % 2 == 0 ? "node1" : "node2");
      assertThat(event.getLong("lamport")).isEqualTo(i);
      clock.merge(event.getString("origin"), 1L, Long::sum);
      assertThat(event.getString("version"))
          .isEqualTo(event.getString("origin") + ":" + clock.get(event.getString("origin")));
      assertThat(event.getJsonObject("clock").getMap()).hasSameSizeAs(clock);
      if (position != null) {
        assertThat(event.getString("before")).isEqualTo(position);
      }
      position = event.getString("after");
    }
  }

  private VersionVector write(CausaNode node, String key, int value, VersionVector context) {
    List<Mutation> put = List.of(new Mutation.Put(key, Value.text(Integer.toString(value))));
    Future<Void> never = Promise.<Void>promise().future();
    Outcome<Dot> outcome =
        node.store().write(new WriteRequest(put, context, 20_000, false), never).await();
    return ((Outcome.Done<Dot>) outcome).applied();
  }

  private CausaNode start(String name, int port, int contact) {
    NodeConfig config =
        NodeConfigLoader.load(
            Map.of(
                "node.id",
                name,
                "storage.mode",
                "memory",
                "cluster.name",
                cluster,
                "cluster.port",
                Integer.toString(port),
                "cluster.join",
                "127.0.0.1:" + contact),
            Map.of(),
            Optional.empty());
    CausaNode node = CausaNode.start(config, ports -> NoEdge::new).await();
    nodes.add(node);
    node.ready().await();
    return node;
  }

  private BufferedReader subscribe(int contact, String node) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path =
        String.join(File.pathSeparator, "target/test-classes", "target/classes", "target/lib/*");
    subscriber =
        new ProcessBuilder(
                java,
                "@conf/jvm.options",
                "-cp",
                path,
                SubscriberProgram.class.getName(),
                cluster,
                "127.0.0.1:" + contact,
                node)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = subscriber.inputReader(StandardCharsets.UTF_8);
    nextLine(output, "subscribed");
    return output;
  }

  private static JsonObject nextEvent(BufferedReader output) throws IOException {
    String line = nextLine(output, SubscriberProgram.EVENT);
    return new JsonObject(line.substring(SubscriberProgram.EVENT.length()));
  }

  private static String nextLine(BufferedReader output, String start) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith(start)) {
      line = output.readLine();
    }
    return Objects.requireNonNull(line, "the subscriber has ended");
  }

  /** A node without HTTP. */
  private static final class NoEdge extends VerticleBase {}
}
