package io.causa.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All promises together, held against one history. Thread-safe: keeps nothing. */
public final class HistoryChecks {
  /** The check that does not hold for nodes that keep nothing on disk and are killed. */
  public static final String NO_LOST_WRITE = NoLostWriteCheck.NAME;

  private static final Map<String, Check> CHECKS = new LinkedHashMap<>();

  static {
    CHECKS.put("causal-order", new CausalOrderCheck());
    CHECKS.put("cause-before-effect", new NodeOrderCheck());
    CHECKS.put("session-guarantees", new SessionCheck());
    CHECKS.put("one-winner", new OneWinnerCheck());
    CHECKS.put("unique-versions", new UniqueVersionsCheck());
    CHECKS.put("convergence", new ConvergenceCheck());
    CHECKS.put(NO_LOST_WRITE, new NoLostWriteCheck());
    CHECKS.put("kept-by-survivors", KeptWrites.bySurvivors());
    CHECKS.put("kept-by-two", KeptWrites.byTwo());
  }

  private HistoryChecks() {}

  /** The names of the checks, in the order in which they run. */
  public static List<String> names() {
    return List.copyOf(CHECKS.keySet());
  }

  /**
   * Runs all checks.
   *
   * @param history in any order; every client's requests one after the other
   * @return what is broken, empty if all promises were kept
   * @throws IllegalArgumentException if a client has two requests under way at once: that is no
   *     session
   */
  public static List<Violation> check(List<HistoryEvent> history) {
    return check(history, names());
  }

  /**
   * Runs some checks, in the order given: a cluster that keeps nothing on disk and whose nodes are
   * killed may lose writes, for one.
   *
   * @throws IllegalArgumentException if a client has two requests under way at once, or there is no
   *     such check
   */
  public static List<Violation> check(List<HistoryEvent> history, List<String> checks) {
    if (!CHECKS.keySet().containsAll(checks)) {
      throw new IllegalArgumentException("checks are " + names() + ", not " + checks);
    }
    Causality causality = new Causality(history);
    List<Violation> violations = new ArrayList<>();
    checks.forEach(name -> violations.addAll(CHECKS.get(name).check(causality)));
    return violations;
  }
}
