package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.core.DataFill;
import io.causa.core.DataLimit;
import io.causa.core.Refusal;
import io.causa.engine.api.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private static final Replica NODE1 = new Replica("node1", 1);
  private static final VersionVector APPLIED = VersionVector.of(new Dot(NODE1, 4));
  private static final Dot MISSING = new Dot(new Replica("node2", 1), 7);
  private static final Map<Refusal, ProblemType> TYPES =
      Map.of(
          new Refusal.NotMet(VersionVector.of(MISSING)), ProblemType.DEPENDENCY_NOT_MET,
          new Refusal.Overloaded("store.pendingWrites"), ProblemType.OVERLOADED,
          new Refusal.Exhausted(9), ProblemType.CLOCK_EXHAUSTED,
          new Refusal.DataFull(new DataFill(104, new DataLimit(100, 5), 0, 1)),
              ProblemType.DATA_FULL);

  @Test
  void everyKindOfRefusalHasItsProblem() {
    assertThat(TYPES.keySet())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder(Refusal.class.getPermittedSubclasses());
    TYPES.forEach(
        (why, type) -> {
          Answer answer = answer(why);
          assertThat(answer.status()).isEqualTo(type.status());
          assertThat(answer.clock()).isEqualTo(APPLIED);
          assertThat(answer.body().toJsonObject().getString("type")).isEqualTo(type.uri());
        });
  }

  @Test
  void whatIsAppliedIsNotNamedAmongWhatIsMissing() {
    VersionVector context = APPLIED.with(MISSING);
    JsonObject problem = answer(new Refusal.NotMet(context)).body().toJsonObject();
    assertThat(problem.getJsonArray("missing")).containsExactly("node2:7");
  }

  private static Answer answer(Refusal why) {
    ReplicaNames names = new ReplicaNames(List.of(NODE1, MISSING.replica()));
    return Refusals.answer(new Outcome.Refused<>(why, APPLIED), names);
  }
}
