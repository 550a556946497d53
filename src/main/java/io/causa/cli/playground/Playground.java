package io.causa.cli.playground;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A cluster of {@code causa cluster}, as its file and its answers describe it.
 *
 * @param name the name by which commands choose it
 * @param pid the process that started the nodes
 * @param logs the directory of the nodes' logs
 * @param data the directory of the nodes' data; null if they keep it in memory
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Playground(String name, long pid, String logs, String data, List<Node> nodes) {

  public Playground {
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }

  /**
   * One node of it.
   *
   * @param state what it does, in a word or two; null in the file, where it would be out of date
   * @param pid its process; null while it has none
   * @param startedMillis when that process began (epoch, ms); null if the system does not tell
   * @param http where clients reach it, {@code http://host:port}
   * @param join its address for {@code --join}, {@code host:port}
   * @param bus the address of its event bus, {@code host:port}
   * @param log the file that its output goes to
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Node(
      String name,
      String state,
      Long pid,
      Long startedMillis,
      String http,
      String join,
      String bus,
      String log) {

    boolean serves(int port) {
      return http != null && http.endsWith(":" + port);
    }
  }

  /** Whether one of the nodes has this HTTP port. */
  public boolean serves(int port) {
    return nodes.stream().anyMatch(node -> node.serves(port));
  }

  /** The name with what people know it by. */
  @Override
  public String toString() {
    String first = nodes.isEmpty() ? "no nodes" : nodes.get(0).http();
    return "%s (process %d, %s)".formatted(name, pid, first);
  }
}
