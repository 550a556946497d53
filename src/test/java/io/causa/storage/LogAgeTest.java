package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogAgeTest {

  private static final Replica A = new Replica("a", 1);
  private final LogAge age = new LogAge(6400, List.of());

  @Test
  void marksAreASixtyFourthOfTheLimitApart() {
    assertThat(age.mark(1000, applied(1))).isTrue();
    assertThat(age.mark(1099, applied(2))).isFalse();
    assertThat(age.mark(1100, applied(3))).isTrue();

    assertThat(age.takeExpired(7399)).isEqualTo(VersionVector.EMPTY);
    assertThat(age.takeExpired(7499)).isEqualTo(applied(1));
    assertThat(age.takeExpired(7500)).isEqualTo(applied(3));
    assertThat(age.takeExpired(99_999)).isEqualTo(VersionVector.EMPTY);
  }

  @Test
  void thereAreNeverManyMarks() {
    for (int i = 1; i < 100_000; i++) {
      age.mark(i, applied(i));
      age.takeExpired(i);
    }
    assertThat(age.marks()).hasSizeLessThanOrEqualTo(LogAge.MARKS + 1);
  }

  @Test
  void aClockThatIsSetBackMakesWritesStayLonger() {
    age.mark(1_000_000, applied(1));
    age.mark(1000, applied(2));

    assertThat(age.marks()).containsExactly(new LogAge.Mark(1000, applied(2)));
  }

  private static VersionVector applied(long sequence) {
    return VersionVector.of(new Dot(A, sequence));
  }
}
