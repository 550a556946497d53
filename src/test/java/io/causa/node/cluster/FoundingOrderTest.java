package io.causa.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.node.config.Endpoint;
import io.causa.node.config.NodeConfigLoader;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoundingOrderTest {
  private static final String ALL = "127.0.0.1:5703,127.0.0.1:5701,127.0.0.1:5702";

  @Test
  void theFirstOfTheSortedContactsDoesNotWait() {
    FoundingOrder first = order(5701, ALL);

    assertThat(first.rank()).isZero();
    assertThat(first.headStartMillis()).isZero();
    assertThat(first.others()).containsExactly(contact(5702), contact(5703));
  }

  @Test
  void everyOtherNodeWaitsLongerTheLaterItStands() {
    assertThat(order(5702, ALL).headStartMillis()).isEqualTo(3000);
    assertThat(order(5703, ALL).headStartMillis()).isEqualTo(4500);
  }

  @Test
  void theHeadStartStaysBoundedInALongList() {
    String many = "127.0.0.1:1,127.0.0.1:2,127.0.0.1:3,127.0.0.1:4,127.0.0.1:5,127.0.0.1:6";

    assertThat(order(6, many).headStartMillis()).isEqualTo(6000);
  }

  @Test
  void nodesThatWaitedJoinOneAfterTheOther() {
    assertThat(order(5701, ALL).staggerMillis()).isZero();
    assertThat(order(5702, ALL).staggerMillis()).isZero();
    assertThat(order(5703, ALL).staggerMillis()).isEqualTo(100);
  }

  @Test
  void aNodeWithoutContactsFoundsItsOwnCluster() {
    assertThat(order(5701, "").headStartMillis()).isZero();
    assertThat(order(5701, "127.0.0.1:5701").headStartMillis()).isZero();
  }

  @Test
  void nodesThatLeaveThemselvesOutOfTheirListsStillHaveDifferentRanks() {
    assertThat(order(5701, "127.0.0.1:5702,127.0.0.1:5703").rank()).isEqualTo(1);
    assertThat(order(5702, "127.0.0.1:5701,127.0.0.1:5703").rank()).isEqualTo(2);
    assertThat(order(5703, "127.0.0.1:5701,127.0.0.1:5702").rank()).isEqualTo(3);
  }

  @Test
  void aNodeThatSortsBeforeItsOnlyContactStillLetsThatOneGoFirst() {
    assertThat(order(5700, "127.0.0.1:5701").headStartMillis()).isPositive();
  }

  @Test
  void aNodeRecognisesItselfUnderAnotherNameAndTakesThatPlace() {
    FoundingOrder second = order(5702, "localhost:5701,localhost:5702,localhost:5703");

    assertThat(second.rank()).isEqualTo(1);
    assertThat(second.others())
        .containsExactly(new Endpoint("localhost", 5701), new Endpoint("localhost", 5703));
  }

  @Test
  void aContactWhoseNameIsUnknownIsNotThisNode() {
    assertThat(order(5701, "node.invalid:5701,127.0.0.1:5701").others())
        .containsExactly(new Endpoint("node.invalid", 5701));
  }

  private static Endpoint contact(int port) {
    return new Endpoint("127.0.0.1", port);
  }

  private static FoundingOrder order(int port, String join) {
    Map<String, String> flags =
        Map.of("cluster.port", Integer.toString(port), "cluster.join", join);
    return FoundingOrder.of(NodeConfigLoader.load(flags, Map.of(), Optional.empty()).cluster());
  }
}
