package io.causa.node;

import io.causa.engine.port.Handoff;
import io.causa.engine.port.Host;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The process of a node as the host of its engine: a verticle for each loop, and one for HTTP. */
final class VertxHost implements Host {

  /** Of the patience with requests, what is kept for closing the connections of those left. */
  private static final int CLOSING_SHARE = 10;

  private record Deployed(LoopVerticle verticle, Future<String> id) {}

  private final Vertx vertx;
  private final FailStop failStop;
  private final NodeClock clock;
  private final Map<LoopName, Deployed> deployed = new ConcurrentHashMap<>();
  private volatile Future<String> http = Future.failedFuture("no HTTP yet");
  private volatile long requestMillis;

  VertxHost(Vertx vertx, FailStop failStop, NodeClock clock) {
    this.vertx = vertx;
    this.failStop = failStop;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Void> open(LoopName name, Consumer<Loop> opened) {
    LoopVerticle verticle = verticle(name, opened);
    Future<String> id = deploy(() -> vertx.deployVerticle(verticle));
    deployed.put(name, new Deployed(verticle, id));
    return id.<Void>mapEmpty().toCompletionStage();
  }

  /**
   * Deploys outside the verticle that may be running now: what is deployed inside one is its child,
   * and would end with it.
   */
  private Future<String> deploy(Supplier<Future<String>> deployment) {
    Promise<String> id = Promise.promise();
    clock.run(() -> deployment.get().onComplete(id));
    return id.future();
  }

  private LoopVerticle verticle(LoopName name, Consumer<Loop> opened) {
    return switch (name) {
      case STORE -> new StoreVerticle(failStop, opened);
      case DELIVERY -> new DeliveryVerticle(failStop, opened);
      case REPLICATION -> new ReplicationVerticle(failStop, opened);
      case FEED -> new FeedVerticle(failStop, opened);
    };
  }

  /** What breaks from now on breaks because the node ends. */
  @Override
  public CompletionStage<Void> close(LoopName name, Runnable last) {
    failStop.expectEnd();
    Deployed loop = deployed.get(name);
    if (loop == null) {
      last.run();
      return CompletableFuture.completedStage(null);
    }
    loop.verticle().endWith(last);
    return loop.id().compose(vertx::undeploy).toCompletionStage();
  }

  /** Deploys the HTTP edge, for each core one instance. */
  Future<Void> openHttp(Supplier<? extends Deployable> edge) {
    DeploymentOptions everyCore =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    http = deploy(() -> vertx.deployVerticle(edge, everyCore));
    return http.mapEmpty();
  }

  /** Returns how long requests under way may still take, once HTTP is being closed. */
  long requestMillis() {
    return requestMillis;
  }

  @Override
  public CompletionStage<Void> endRequests(long patienceMillis) {
    requestMillis = patienceMillis - patienceMillis / CLOSING_SHARE;
    return http.transform(
            edge -> edge.succeeded() ? vertx.undeploy(edge.result()) : Future.succeededFuture())
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Void> leave() {
    return vertx.close().toCompletionStage();
  }

  @Override
  public Handoff handoff(String from, LoopName to) {
    return Handoff.DIRECT;
  }

  @Override
  public Loop clock() {
    return clock;
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public void work(Runnable work) {
    vertx
        .executeBlocking(
            () -> {
              work.run();
              return null;
            })
        .onFailure(cause -> fail("work beside the loops", cause));
  }

  @Override
  public void fail(String what, Throwable cause) {
    failStop.stop(what, cause);
  }
}
