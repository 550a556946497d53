package io.causa.replication;

import io.causa.replication.Action.Acked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * Own writes whose clients want to know that so many peers have applied them, too.
 *
 * <p>Owner: the replication loop. Bound: {@link #MAX_WAITS}; one more is answered at once with what
 * is known.
 */
final class AckWaits {

  static final int MAX_WAITS = 10_000;

  private record Wait(long ticket, long sequence, int peers, long deadlineMillis) {}

  private final NavigableMap<Long, List<Wait>> bySequence = new TreeMap<>();
  private int waits;

  /**
   * Waits until so many peers have applied the own write.
   *
   * @param appliedBy how many peers have applied the own write with a sequence
   * @return the answer, if there is one already
   */
  List<Acked> await(
      long ticket, long sequence, int peers, long deadlineMillis, LongUnaryOperator appliedBy) {
    int reached = (int) appliedBy.applyAsLong(sequence);
    if (reached >= peers || waits >= MAX_WAITS) {
      return List.of(new Acked(ticket, reached));
    }
    waits++;
    bySequence
        .computeIfAbsent(sequence, s -> new ArrayList<>(1))
        .add(new Wait(ticket, sequence, peers, deadlineMillis));
    return List.of();
  }

  /** A peer has applied own writes up to this sequence: answers the waits that this completes. */
  List<Acked> reached(long sequence, LongUnaryOperator appliedBy) {
    return take(bySequence.headMap(sequence, true).values(), wait -> reachedOf(wait, appliedBy));
  }

  /** Answers the waits whose deadlines have come, with as many peers as there are. */
  List<Acked> expire(long nowMillis, LongUnaryOperator appliedBy) {
    return take(
        bySequence.values(),
        wait ->
            wait.deadlineMillis() <= nowMillis
                ? OptionalLong.of(appliedBy.applyAsLong(wait.sequence()))
                : OptionalLong.empty());
  }

  private static OptionalLong reachedOf(Wait wait, LongUnaryOperator appliedBy) {
    long reached = appliedBy.applyAsLong(wait.sequence());
    return reached >= wait.peers() ? OptionalLong.of(reached) : OptionalLong.empty();
  }

  private interface Verdict {
    OptionalLong of(Wait wait);
  }

  private List<Acked> take(Collection<List<Wait>> candidates, Verdict verdict) {
    List<Acked> answers = new ArrayList<>();
    candidates.removeIf(
        same -> {
          same.removeIf(wait -> answer(wait, verdict, answers));
          return same.isEmpty();
        });
    waits -= answers.size();
    return answers;
  }

  private static boolean answer(Wait wait, Verdict verdict, List<Acked> answers) {
    OptionalLong reached = verdict.of(wait);
    reached.ifPresent(peers -> answers.add(new Acked(wait.ticket(), (int) peers)));
    return reached.isPresent();
  }
}
