package io.causa.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureLimitTest {

  private final FailureLimit limit = new FailureLimit(2, 10_000);

  @Test
  void anAddressBeyondTheLimitWaitsForTheEndOfItsWindow() {
    assertThat(limit.failed("1.2.3.4", 0)).isZero();
    assertThat(limit.failed("1.2.3.4", 1000)).isZero();
    assertThat(limit.failed("1.2.3.4", 2500)).isEqualTo(8);
    assertThat(limit.failed("1.2.3.5", 2500)).as("another address").isZero();
    assertThat(limit.failed("1.2.3.4", 9999)).isEqualTo(1);
    assertThat(limit.failed("1.2.3.4", 10_000)).as("a new window").isZero();
  }

  @Test
  void theNetworkOfAnIpv6AddressCounts() {
    for (int host = 1; host < 3; host++) {
      assertThat(limit.failed("2001:db8:0:1:0:0:0:" + host, 0)).isZero();
    }
    assertThat(limit.failed("2001:db8:0:1:a:b:c:d", 0)).isPositive();
    assertThat(limit.failed("2001:db8:0:2:0:0:0:1", 0)).isZero();
  }

  @Test
  void theTableIsBounded() {
    limit.failed("first", 0);
    limit.failed("first", 0);
    for (int i = 0; i < FailureLimit.MOST_ADDRESSES; i++) {
      limit.failed("other" + i, 0);
    }
    assertThat(limit.failed("first", 0)).as("forgotten").isZero();
  }
}
