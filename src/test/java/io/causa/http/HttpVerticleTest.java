package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.wire.ContextToken;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.ConnectException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpVerticleTest {

  private final Vertx vertx = Vertx.vertx();
  private final FakeNode node = new FakeNode(vertx);

  @AfterEach
  void close() throws Exception {
    FakeStore.join(vertx::close);
  }

  @Test
  void allInstancesShareOneFreePort() throws Exception {
    List<HttpVerticle> instances = deploy(3);

    assertThat(instances).extracting(HttpVerticle::port).containsOnly(instances.get(0).port());
    for (int i = 0; i < 6; i++) {
      try (RawConnection connection = new RawConnection(instances.get(0).port())) {
        connection.write(HttpFixture.request("GET", "/health/live", null));
        assertThat(connection.read(true).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aStoppedServerTakesNoConnections() throws Exception {
    int port = deploy(1).get(0).port();

    FakeStore.join(() -> vertx.undeploy(vertx.deploymentIDs().iterator().next()));

    assertThatThrownBy(() -> new RawConnection(port)).isInstanceOf(ConnectException.class);
  }

  @Test
  void aNodeThatStopsServesOnButSendsItsClientsAway() throws Exception {
    int port = deploy(1).get(0).port();
    node.stopping = true;

    try (RawConnection connection = new RawConnection(port)) {
      connection.write(HttpFixture.request("PUT", "/kv/a", "1"));
      Reply reply = connection.read(true);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Connection")).isEqualToIgnoringCase("close");
      assertThat(connection.isAtEnd()).isTrue();
    }
    try (RawConnection connection = new RawConnection(port)) {
      connection.write(HttpFixture.request("GET", "/health/ready", null));
      Reply reply = connection.read(true);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text()).contains("stopping");
    }
  }

  @Test
  void aRequestUnderWayIsAnsweredAlthoughTheServerStops() throws Exception {
    int port = deploy(2).get(0).port();
    node.requestMillis = 20_000;
    VersionVector context = VersionVector.of(new Dot(FakeNode.PEER, 1));
    String token = ContextToken.encode(context, FakeNode.CLUSTER);

    try (RawConnection idle = new RawConnection(port);
        RawConnection waiting = new RawConnection(port)) {
      idle.write(HttpFixture.request("GET", "/health/live", null));
      assertThat(idle.read(true).status()).isEqualTo(200);
      waiting.write(
          HttpFixture.request("GET", "/kv/a", null, "Causa-Context: " + token, "Prefer: wait=30"));
      HttpFixture.awaitParked(node, 1);
      node.stopping = true;
      Future<Void> stopped = vertx.undeploy(vertx.deploymentIDs().iterator().next());
      assertThat(idle.isAtEnd()).as("who waits for nothing is sent away").isTrue();
      assertThat(stopped.isComplete()).isFalse();

      node.applyFromPeer(1, 1, new Mutation.Put("a", Value.text("late")));

      Reply reply = waiting.read(true);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("late");
      FakeStore.join(() -> stopped);
    }
  }

  @Test
  void aRequestThatTakesTooLongDoesNotHoldUpTheEnd() throws Exception {
    int port = deploy(1).get(0).port();
    node.requestMillis = 100;
    String token =
        ContextToken.encode(VersionVector.of(new Dot(FakeNode.PEER, 1)), FakeNode.CLUSTER);

    try (RawConnection waiting = new RawConnection(port)) {
      waiting.write(
          HttpFixture.request("GET", "/kv/a", null, "Causa-Context: " + token, "Prefer: wait=30"));
      HttpFixture.awaitParked(node, 1);
      FakeStore.join(() -> vertx.undeploy(vertx.deploymentIDs().iterator().next()));
      assertThat(waiting.isAtEnd()).isTrue();
    }
  }

  @Test
  void theVertxClientReadsWhatItWrote() throws Exception {
    int port = deploy(1).get(0).port();
    var client = vertx.createHttpClient();
    Buffer value = Buffer.buffer(new byte[] {0, 1, -1});

    FakeStore.join(
        () ->
            client
                .request(HttpMethod.PUT, port, "127.0.0.1", "/kv/a")
                .compose(request -> request.send(value))
                .compose(response -> response.body()));
    Buffer read =
        FakeStore.join(
            () ->
                client
                    .request(HttpMethod.GET, port, "127.0.0.1", "/kv/a")
                    .compose(request -> request.send())
                    .compose(response -> response.body()));

    assertThat(read).isEqualTo(value);
  }

  private List<HttpVerticle> deploy(int instances) throws Exception {
    List<HttpVerticle> deployed = new CopyOnWriteArrayList<>();
    FakeStore.join(
        () ->
            vertx.deployVerticle(
                () -> {
                  HttpVerticle verticle =
                      HttpVerticle.of(
                              node,
                              HttpFixture.LIMITS,
                              Optional.empty(),
                              HttpFixture.NO_TLS,
                              HttpFixture.OPEN)
                          .get();
                  deployed.add(verticle);
                  return verticle;
                },
                new DeploymentOptions().setInstances(instances)));
    return deployed;
  }
}
