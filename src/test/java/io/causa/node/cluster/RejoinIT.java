package io.causa.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.TestPorts;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A member leaves the cluster and joins it again, while its event bus goes on. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejoinIT {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long CHECK_MILLIS = 2_000;

  private final String cluster = "rejoin-" + ProcessHandle.current().pid();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private ClusterMember first;
  private ClusterMember second;

  @BeforeAll
  void joinTwo() throws IOException {
    int contact = TestPorts.free();
    first = join("one", contact, contact);
    second = join("two", TestPorts.free(), contact);
  }

  @AfterAll
  void leave() {
    second.vertx().close().await();
    first.vertx().close().await();
  }

  @Test
  void whoeverJoinsAgainIsHeardAndHearsAsBefore() throws InterruptedException {
    awaitHeard(first.vertx(), "two");
    awaitHeard(second.vertx(), "one");

    second.registrations().rejoin().await();

    awaitHeard(first.vertx(), "two");
    awaitHeard(second.vertx(), "one");
  }

  @Test
  void theFirstMemberMayDoItToo() throws InterruptedException {
    first.registrations().rejoin().await();

    awaitHeard(first.vertx(), "two");
    awaitHeard(second.vertx(), "one");
  }

  /**
   * A member that leaves by force while partitions move may take the only copy of one with it, and
   * what it registers on its return may be lost there. Therefore a node asks every two seconds, and
   * registers again.
   */
  private static void keepRegistered(ClusterMember member, String address) {
    member
        .vertx()
        .setPeriodic(
            CHECK_MILLIS,
            timer ->
                member
                    .registrations()
                    .registered()
                    .compose(
                        known ->
                            known.equals(Set.of(address))
                                ? Future.<Void>succeededFuture()
                                : member.registrations().renew()));
  }

  private void awaitHeard(Vertx sender, String receiver) throws InterruptedException {
    long start = System.nanoTime();
    heard.clear();
    while (!receiver.equals(heard.poll(50, TimeUnit.MILLISECONDS))) {
      assertThat(System.nanoTime() - start).isLessThan(LIMIT_NANOS);
      sender.eventBus().send(receiver, "hello");
    }
  }

  private ClusterMember join(String name, int port, int contact) {
    Map<String, String> settings =
        Map.of(
            "cluster.name",
            cluster,
            "cluster.port",
            Integer.toString(port),
            "cluster.join",
            "127.0.0.1:" + contact);
    NodeConfig config = NodeConfigLoader.load(settings, Map.of(), Optional.empty());
    ClusterMember member = ClusterMember.join(config.cluster()).await();
    member.vertx().eventBus().consumer(name, m -> heard.add(name)).completion().await();
    keepRegistered(member, name);
    return member;
  }
}
