package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.core.DataFill;
import io.causa.wire.VectorJson;
import io.causa.wire.VersionText;
import io.vertx.core.json.JsonArray;

/** The answers to what the store could not do now. In each case nothing was written. */
final class Outcomes {

  private Outcomes() {}

  /** The context was not covered in time: says exactly what is missing. */
  static Answer notMet(ReplicaNames names, VersionVector context, VersionVector applied) {
    JsonArray missing = new JsonArray();
    for (Dot entry : context) {
      if (!applied.covers(entry)) {
        missing.add(VersionText.print(entry, names));
      }
    }
    String detail =
        "this node has not applied %s within the wait; nothing was done. Try again, wait longer (Prefer: wait=N), or ask another node"
            .formatted(String.join(", ", missing.stream().map(Object::toString).toList()));
    Problem problem =
        new Problem(ProblemType.DEPENDENCY_NOT_MET, detail)
            .with("missing", missing)
            .with("clock", VectorJson.toJson(applied, names));
    return Answer.problem(problem, applied);
  }

  /** Only people can help: the cluster has to be set up again. */
  static Answer exhausted(long lamport, VersionVector applied) {
    String detail =
        "the Lamport time is %d, and the last one is %d; nothing was written, and no node that has all writes can write any more. Reads go on. See \"The end of time\" in docs/operations.md"
            .formatted(lamport, LamportTimestamp.MAX_TIME);
    return Answer.problem(
        new Problem(ProblemType.CLOCK_EXHAUSTED, detail).with("lamport", lamport), applied);
  }

  static Answer overloaded(String limit, VersionVector applied) {
    String detail =
        "%s is reached; nothing was done. Try again a little later, or ask another node"
            .formatted(limit);
    return Answer.problem(
        new Problem(ProblemType.OVERLOADED, detail).with("limit", limit), applied);
  }

  /** The write would make the data larger than this node may hold. */
  static Answer dataFull(DataFill fill, VersionVector applied) {
    long limitBytes = fill.limit().bytes();
    String detail =
        "%d of the %d bytes that data may occupy at this node are used (store.dataBytes), and the write needs more; nothing was done. Delete keys, or raise store.dataBytes and the heap (-Xmx)"
            .formatted(fill.usedBytes(), limitBytes);
    return Answer.problem(
        new Problem(ProblemType.DATA_FULL, detail)
            .with("limit", "store.dataBytes")
            .with("limitBytes", limitBytes)
            .with("usedBytes", fill.usedBytes()),
        applied);
  }
}
