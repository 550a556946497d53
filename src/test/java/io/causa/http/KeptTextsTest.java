package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.wire.ClockHeader;
import io.causa.wire.ContextToken;
import io.causa.wire.VectorJson;
import io.causa.wire.VersionText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptTextsTest {

  private static final Replica A = new Replica("a", 1);
  private static final Replica LATER_A = new Replica("a", 2);
  private static final Replica B = new Replica("b", 3);
  private static final ReplicaNames NAMES = new ReplicaNames(List.of(A, B));
  private static final ReplicaNames LATER_NAMES = new ReplicaNames(List.of(A, LATER_A, B));

  private final KeptTexts texts = new KeptTexts("test");

  @Test
  void writesEachVectorAsTheWireDoes() {
    VersionVector first = VersionVector.of(new Dot(A, 1));
    VersionVector second = VersionVector.of(new Dot(A, 1), new Dot(B, 7));

    for (VersionVector vector : List.of(first, second, second, first, VersionVector.EMPTY)) {
      for (ReplicaNames names : List.of(NAMES, LATER_NAMES, NAMES)) {
        assertThat(texts.token(vector)).hasToString(ContextToken.encode(vector, "test"));
        assertThat(texts.clock(vector, names)).hasToString(ClockHeader.print(vector, names));
        assertThat(texts.clockJson(vector, names))
            .isEqualTo(VectorJson.toJson(vector, names).encode());
      }
    }
  }

  @Test
  void keepsTheTextsOfTheLastVector() {
    VersionVector vector = VersionVector.of(new Dot(A, 1));

    assertThat(texts.token(vector)).isSameAs(texts.token(vector));
    assertThat(texts.clock(vector, NAMES)).isSameAs(texts.clock(vector, NAMES));
    assertThat(texts.clockJson(vector, NAMES)).isSameAs(texts.clockJson(vector, NAMES));
  }

  @Test
  void writesVersionsAsTheWireDoesAlsoWhenNamesChange() {
    for (ReplicaNames names : List.of(NAMES, LATER_NAMES, NAMES)) {
      for (Dot version : List.of(new Dot(A, 1), new Dot(B, 1), new Dot(A, 2), new Dot(A, 2))) {
        assertThat(texts.version(version, names)).isEqualTo(VersionText.print(version, names));
        assertThat(texts.tag(version, names)).isEqualTo(EntityTag.of(version));
      }
    }
  }

  @Test
  void writesTheVersionsOfAnyNumberOfReplicas() {
    List<Dot> versions = new ArrayList<>();
    for (long generation = 1; generation <= 3000; generation++) {
      versions.add(new Dot(new Replica("c", generation), generation));
    }

    assertThat(versions)
        .allSatisfy(
            version ->
                assertThat(texts.version(version, NAMES))
                    .isEqualTo(VersionText.print(version, NAMES)));
  }
}
