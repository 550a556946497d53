package io.causa.cli.playground;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.function.Consumer;

/** What a cluster does when it is asked. Called on a thread of its own for each request. */
@FunctionalInterface
public interface Control {

  /**
   * A wish.
   *
   * @param node the node that it is about; null for the cluster
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Request(Verb verb, String node) {}

  /**
   * How it ended.
   *
   * @param exitCode the exit code of the command that asked
   * @param message for people; null if there is nothing to say
   * @param cluster the cluster as it is now; null unless asked for
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Reply(int exitCode, String message, Playground cluster) {
    public static Reply done(String message) {
      return new Reply(0, message, null);
    }

    public static Reply failed(int exitCode, String message) {
      return new Reply(exitCode, message, null);
    }
  }

  /**
   * Does it.
   *
   * @param progress told in between, a line at a time
   */
  Reply handle(Request request, Consumer<String> progress);
}
