package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.core.DataFill;
import io.causa.core.Refusal;
import io.causa.engine.api.Outcome;
import io.causa.wire.VectorJson;
import io.causa.wire.VersionText;
import io.vertx.core.json.JsonArray;

/**
 * The one place that tells a client, as a problem document, why the store did not do what was asked
 * for.
 */
final class Refusals {

  private Refusals() {}

  /**
   * Returns the answer to a request that the store has refused.
   *
   * @param names how its clients know the replicas
   */
  static Answer answer(Outcome.Refused<?> refused, ReplicaNames names) {
    VersionVector applied = refused.applied();
    return Answer.problem(problem(refused.why(), applied, names), applied);
  }

  private static Problem problem(Refusal why, VersionVector applied, ReplicaNames names) {
    if (why instanceof Refusal.NotMet notMet) {
      return notMet(notMet.context(), applied, names);
    }
    if (why instanceof Refusal.Overloaded overloaded) {
      return overloaded(overloaded.limit());
    }
    return why instanceof Refusal.Exhausted exhausted
        ? exhausted(exhausted.lamport())
        : dataFull(((Refusal.DataFull) why).fill());
  }

  /** The context was not covered in time: says exactly what is missing. */
  private static Problem notMet(VersionVector context, VersionVector applied, ReplicaNames names) {
    JsonArray missing = new JsonArray();
    for (Dot entry : context.entries()) {
      if (!applied.covers(entry)) {
        missing.add(VersionText.print(entry, names));
      }
    }
    String detail =
        "this node has not applied %s within the wait; nothing was done. Try again, wait longer (Prefer: wait=N), or ask another node"
            .formatted(String.join(", ", missing.stream().map(Object::toString).toList()));
    return new Problem(ProblemType.DEPENDENCY_NOT_MET, detail)
        .with("missing", missing)
        .with("clock", VectorJson.toJson(applied, names));
  }

  /** Only people can help: the cluster has to be set up again. */
  private static Problem exhausted(long lamport) {
    String detail =
        "the Lamport time is %d, and the last one is %d; nothing was written, and no node that has all writes can write any more. Reads go on. See \"The end of time\" in docs/operations.md"
            .formatted(lamport, LamportTimestamp.MAX_TIME);
    return new Problem(ProblemType.CLOCK_EXHAUSTED, detail).with("lamport", lamport);
  }

  private static Problem overloaded(String limit) {
    String detail =
        "%s is reached; nothing was done. Try again a little later, or ask another node"
            .formatted(limit);
    return new Problem(ProblemType.OVERLOADED, detail).with("limit", limit);
  }

  /** The write would make the data larger than this node may hold. */
  private static Problem dataFull(DataFill fill) {
    long limitBytes = fill.limit().bytes();
    String detail =
        "%d of the %d bytes that data may occupy at this node are used (store.dataBytes), and the write needs more; nothing was done. Delete keys, or raise store.dataBytes and the heap (-Xmx)"
            .formatted(fill.usedBytes(), limitBytes);
    return new Problem(ProblemType.DATA_FULL, detail)
        .with("limit", "store.dataBytes")
        .with("limitBytes", limitBytes)
        .with("usedBytes", fill.usedBytes());
  }
}
