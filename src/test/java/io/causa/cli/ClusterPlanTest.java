package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterPlanTest {
  private final ClusterSettings settings = new ClusterSettings();
  private final Installation installation = new Installation(Path.of("/home"), List.of("java"));

  @Test
  void oneMoreNodeHasTheNextNumberAndEveryNodeKnowsIt() {
    settings.basePort = 0;
    settings.durability.directory = Path.of("/data");
    ClusterPlan plan = new ClusterPlan(settings, installation);
    List<NodePlan> before = plan.nodes();
    List<NodePlan> grown = plan.grown(before);
    NodePlan added = grown.get(3);
    assertThat(added.id()).isEqualTo("node4");
    assertThat(added.flags()).contains("/data/node4");
    assertThat(added.log().getParent()).isEqualTo(before.get(0).log().getParent());
    assertThat(grown).extracting(NodePlan::httpPort).doesNotHaveDuplicates();
    String contacts = String.join(",", grown.stream().map(NodePlan::joinAddress).toList());
    assertThat(contacts.split(",")).hasSize(4).doesNotHaveDuplicates();
    assertThat(grown).allMatch(node -> node.flags().contains(contacts));
    assertThat(grown.get(0).url()).isEqualTo(before.get(0).url());
  }

  @Test
  void portsThatWereAskedForAreFollowed() {
    int first = new Ports(ClusterPlan.HOST).free();
    settings.nodes = 1;
    settings.basePort = first;
    ClusterPlan plan = new ClusterPlan(settings, installation);
    List<NodePlan> grown = plan.grown(plan.nodes());
    assertThat(grown.get(1).httpPort()).isBetween(first + 1, first + 100);
  }

  @Test
  void thereIsALimit() {
    settings.basePort = 0;
    settings.nodes = ClusterSettings.MOST_NODES;
    ClusterPlan plan = new ClusterPlan(settings, installation);
    List<NodePlan> all = plan.nodes();
    assertThatThrownBy(() -> plan.grown(all))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("there are 16 nodes already");
  }
}
