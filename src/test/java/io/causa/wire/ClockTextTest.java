package io.causa.wire;

import static io.causa.wire.Samples.NAMES;
import static io.causa.wire.Samples.NODE1;
import static io.causa.wire.Samples.NODE2;
import static io.causa.wire.Samples.NODE2_AGAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ClockTextTest {

  @Provide
  Arbitrary<VersionVector> vectors() {
    return Samples.vectors();
  }

  @Test
  void theHeaderIsADictionaryInTheOrderOfReplicas() {
    assertThat(ClockHeader.print(Samples.vector(17, 4), NAMES)).isEqualTo("node1=17, node2=4");
    assertThat(ClockHeader.print(VersionVector.EMPTY, NAMES)).isEmpty();
  }

  @Test
  void aKeyOfTheHeaderNeverStartsWithADigitOrHyphen() {
    Replica digit = new Replica("1a", 36);
    Replica digitAgain = new Replica("1a", 37);
    Replica hyphen = new Replica("-b", 1);
    ReplicaNames names = new ReplicaNames(List.of(digit, digitAgain, hyphen));
    VersionVector vector = VersionVector.of(new Dot(digit, 2), new Dot(hyphen, 3));

    assertThat(ClockHeader.print(vector, names)).isEqualTo("*-b=3, *1a.10=2");
  }

  @Test
  void aGenerationIsWrittenInTheHeaderAsEverywhereElse() {
    ReplicaNames names = new ReplicaNames(List.of(NODE2, NODE2_AGAIN));

    assertThat(ClockHeader.print(VersionVector.of(new Dot(NODE2, 3)), names))
        .isEqualTo(NODE2 + "=3");
  }

  @Property
  void everyHeaderFollowsTheGrammarOfDictionaries(@ForAll("vectors") VersionVector vector) {
    ReplicaNames names = new ReplicaNames(List.of());
    String member = "[a-z*][a-z0-9_.-]*=[0-9]+";

    assertThat(ClockHeader.print(vector, names)).matches("(" + member + "(, " + member + ")*)?");
  }

  @Test
  void aVersionHasAShortFormForPeopleAndAFullOneForETags() {
    Dot version = new Dot(NODE1, 17);

    assertThat(VersionText.print(version, NAMES)).isEqualTo("node1:17");
    assertThat(VersionText.full(version)).isEqualTo("node1.loyw3v29:17");
  }

  @Test
  void twoGenerationsOfOneNameAreToldApart() {
    ReplicaNames names = new ReplicaNames(List.of(NODE2, NODE2_AGAIN));

    assertThat(VersionText.print(new Dot(NODE2, 3), names)).isEqualTo(NODE2 + ":3");
  }
}
