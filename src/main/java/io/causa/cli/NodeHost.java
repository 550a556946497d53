package io.causa.cli;

import io.causa.engine.port.ExpelledException;
import io.causa.engine.port.NameTakenException;
import io.causa.engine.port.RenouncedException;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a node in this JVM from its start to its end: the start that fails, the signal that ends
 * it, the invariant that breaks.
 */
final class NodeHost {
  private static final Logger LOG = LoggerFactory.getLogger(NodeHost.class);

  private final NodeStarter starter;
  private final NodeConfig config;
  private volatile Future<RunningNode> current = Future.failedFuture("not started");

  NodeHost(NodeStarter starter, NodeConfig config) {
    this.starter = starter;
    this.config = config;
  }

  /**
   * Runs the node. Returns only if it broke; a signal ends the JVM through its shutdown hooks. A
   * node that has renounced its identity is closed and started again as a new generation, once: a
   * second time in one process would be a defect, and is for whoever supervises the process.
   *
   * @throws CommandFailure if the node could not start
   */
  int run() throws InterruptedException {
    endWithTheProcess();
    Throwable cause = serve(start(0));
    if (cause instanceof RenouncedException renounced) {
      LOG.warn("starts again as a new generation: {}", cause.getMessage());
      await(current.result().stop());
      cause = serve(start(renounced.least()));
    }
    return broken(cause);
  }

  /** Completes with what broke. */
  private Throwable serve(RunningNode node) throws InterruptedException {
    LOG.info("joined cluster {}", config.cluster().name());
    node.ready().onSuccess(ready -> tellReady(node));
    return await(node.broken());
  }

  private void tellReady(RunningNode node) {
    LOG.info("ready, serves {}", node.httpUrl());
    if (config.adminIsApart()) {
      LOG.info(
          "administration is served at {}:{} alone", config.admin().host(), config.admin().port());
    }
  }

  /** Starts the node and waits until it serves. It is stopped when the JVM ends. */
  RunningNode startAndAwaitReady() throws InterruptedException {
    endWithTheProcess();
    RunningNode node = start(0);
    await(node.ready());
    return node;
  }

  private void endWithTheProcess() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(current), "causa-stop"));
  }

  private RunningNode start(long least) throws InterruptedException {
    requireFreePorts();
    current = starter.start(config, least);
    return await(current);
  }

  private <T> T await(Future<T> step) throws InterruptedException {
    try {
      return step.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException failed) {
      LOG.debug("could not start", failed.getCause());
      throw StartFailure.of(config, failed.getCause());
    }
  }

  private void requireFreePorts() {
    NodeConfig.Cluster cluster = config.cluster();
    Ports.requireFree(config.http().host(), config.http().port(), "--port");
    if (config.adminIsApart()) {
      Ports.requireFree(config.admin().host(), config.admin().port(), "--set admin.port=PORT");
    }
    Ports.requireFree(cluster.host(), cluster.port(), "--cluster-port");
    Ports.requireFree(cluster.busHost(), cluster.busPort(), "--bus-port");
  }

  private int broken(Throwable cause) {
    if (cause instanceof ExpelledException || cause instanceof NameTakenException) {
      System.err.printf("causa: %s stops: %s%n", config.node().id(), cause.getMessage());
      return ExitCode.NODE_FAILED;
    }
    if (cause instanceof OutOfMemoryError) {
      System.err.printf(
          "causa: %s stops itself, because no memory is left for network buffers (%s). Lower http.connections, or give the JVM more (CAUSA_JAVA_OPTS=-XX:MaxDirectMemorySize=…; without it, as much as the heap)%n",
          config.node().id(), cause.getMessage());
      return ExitCode.OUT_OF_MEMORY;
    }
    LOG.error("stops itself, because an invariant broke", cause);
    System.err.printf(
        "causa: %s stops itself, because an invariant broke: %s%n",
        config.node().id(), StartFailure.reasons(cause));
    return ExitCode.NODE_FAILED;
  }

  /** Runs in the JVM's shutdown hook; whatever happens, the JVM is gone after the deadline. */
  private void stop(Future<RunningNode> starting) {
    if (starting.failed()) {
      return; // nothing is open
    }
    long stopMillis = config.node().stopMillis();
    LOG.info("stopping, within {} ms", stopMillis);
    try {
      stopped(starting)
          .toCompletionStage()
          .toCompletableFuture()
          .get(stopMillis, TimeUnit.MILLISECONDS);
      LOG.info("stopped");
    } catch (TimeoutException late) {
      halt("did not close within " + stopMillis + " ms (node.stopMillis)");
    } catch (ExecutionException failed) {
      halt("could not close: " + StartFailure.reasons(failed.getCause()));
    } catch (InterruptedException impatient) {
      halt("was interrupted while closing");
    }
  }

  /** Called here if it can be: the event loop that a callback would take may hang. */
  private static Future<Void> stopped(Future<RunningNode> starting) {
    return starting.succeeded() ? starting.result().stop() : starting.compose(RunningNode::stop);
  }

  private void halt(String why) {
    System.err.printf("causa: %s %s; halting%n", config.node().id(), why);
    Runtime.getRuntime().halt(ExitCode.NODE_FAILED);
  }
}
