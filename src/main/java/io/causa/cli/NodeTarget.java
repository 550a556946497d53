package io.causa.cli;

import io.causa.client.CausaClient;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * Which node a command talks to: its own {@code --node}, the one before the command, the variable
 * {@code CAUSA_NODE}, or the first node of a local cluster.
 */
final class NodeTarget {
  static final String VARIABLE = "CAUSA_NODE";
  static final String DEFAULT_URL = "http://127.0.0.1:5001";

  @Spec(Target.MIXEE)
  CommandSpec command;

  @Option(
      names = {"-n", "--node"},
      paramLabel = "URL",
      description = "The node (default: $" + VARIABLE + ", or else " + DEFAULT_URL + ").")
  String node;

  @Mixin AccessOptions access = new AccessOptions();

  @Option(names = "--json", description = "Answer in JSON, for programs.")
  boolean json;

  CausaClient open(Vertx vertx) {
    return access.open(vertx, url());
  }

  String url() {
    return url(node, before().node, System.getenv());
  }

  /** Whether {@code --json} stands behind the command or before it. */
  boolean isJson() {
    return json || before().json;
  }

  private CausaCommand before() {
    return (CausaCommand) command.parent().userObject();
  }

  /** The nearest of the words that name a node. */
  static String url(String behind, String before, Map<String, String> environment) {
    return withScheme(
        Stream.of(behind, before)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> environment.getOrDefault(VARIABLE, DEFAULT_URL)));
  }

  /** {@code localhost:5001} is as good as {@code http://localhost:5001}. */
  static String withScheme(String url) {
    return url.contains("://") ? url : "http://" + url;
  }
}
