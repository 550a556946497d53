package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.http.Access;
import io.causa.http.HttpVerticle;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.storage.MemoryStorage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real node with its HTTP edge: rules that were put are in force when the answer says so. */
class LinkFaultsOverHttpTest {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private CausaNode node;
  private volatile HttpVerticle edge;

  @AfterEach
  void stop() throws Exception {
    await(node.stop());
    await(vertx.close());
  }

  @Test
  void eachAnswerShowsTheRulesThatItsRequestHasPut() throws Exception {
    start(true);
    for (int i = 1; i <= 50; i++) {
      assertDelay(ask("PUT", rules(i)), i);
      assertThat(node.faults().get(0).delayMillis()).isEqualTo(i);
      assertDelay(ask("GET", ""), i);
    }
    assertThat(rulesOf(ask("PUT", "{\"rules\":[]}"))).isEmpty();
    assertThat(node.faults()).isEmpty();
  }

  @Test
  void aNodeWithoutFaultsRefusesThemAsBefore() throws Exception {
    start(false);
    for (String method : new String[] {"PUT", "GET"}) {
      HttpResponse<String> answer = ask(method, rules(1));

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(new JsonObject(answer.body()).getString("type")).endsWith(":faults-off");
    }
    assertThat(node.faults()).isEmpty();
  }

  private void start(boolean faults) throws Exception {
    Map<String, String> settings =
        Map.of(
            "node.id", "node1",
            "node.faults", Boolean.toString(faults),
            "node.stopMillis", "2000",
            "http.port", "0");
    NodeConfig config = NodeConfigLoader.load(settings, Map.of(), Optional.empty());
    node =
        new CausaNode(
            config,
            vertx,
            new MemoryStorage(new Replica("node1", 1), 1 << 20),
            new LossyNetwork(vertx, 1, 0, 0).at("node1", vertx));
    await(
        node.deploy(
            ports -> {
              Supplier<HttpVerticle> edges = HttpVerticle.of(ports, config, Access.of(config));
              return () -> edge = edges.get();
            }));
    node.begin(0);
  }

  private HttpResponse<String> ask(String method, String body)
      throws IOException, InterruptedException {
    URI faults = URI.create("http://127.0.0.1:" + edge.port() + "/admin/faults");
    HttpRequest request =
        HttpRequest.newBuilder(faults).method(method, BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String rules(int delayMillis) {
    return "{\"rules\":[{\"delayMillis\":%d}]}".formatted(delayMillis);
  }

  private static void assertDelay(HttpResponse<String> answer, int delayMillis) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(rulesOf(answer).getJsonObject(0).getInteger("delayMillis")).isEqualTo(delayMillis);
  }

  private static JsonArray rulesOf(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getJsonArray("rules");
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
