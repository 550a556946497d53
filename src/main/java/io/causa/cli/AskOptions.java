package io.causa.cli;

import io.causa.client.Ask;
import picocli.CommandLine.Option;

/** What a request may carry beside its key. */
final class AskOptions {
  @Option(
      names = {"-c", "--context"},
      paramLabel = "TOKEN",
      description =
          "What must have happened before, as an earlier answer gave it; any node understands it.")
  String context;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "How long the node may wait for the context (default: the node's, 5 s).")
  Integer waitSeconds;

  Ask ask() {
    return Ask.PLAIN.withContext(context).withWaitSeconds(waitSeconds);
  }
}
