package io.causa.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

  @Test
  void whatSeveralMessagesSaidCountsTogether() {
    Capabilities both =
        new Capabilities(3, 3, names("a", 1)).join(new Capabilities(3, 4, names("b", 1)));

    assertThat(both.latest()).isEqualTo(4);
    assertThat(both.features()).containsExactly("a0", "b0");
  }

  /** A sender that names others with each message must not fill the memory of this node. */
  @Test
  void noNodeKnowsMoreThanItCouldHaveSaidAtOnce() {
    Capabilities said = new Capabilities(3, 4, names("first-", Capabilities.MOST_FEATURES));

    for (int message = 0; message < 10; message++) {
      said = said.join(new Capabilities(3, 5, names("m" + message + "-", 60)));
    }

    assertThat(said.features()).isEqualTo(names("first-", Capabilities.MOST_FEATURES));
    assertThat(said.latest()).isEqualTo(5);
  }

  private static SortedSet<String> names(String prefix, int count) {
    SortedSet<String> names = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      names.add(prefix + i);
    }
    return names;
  }
}
