package io.causa.bench.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the benchmarks of one run have found: figures for targets, tables, and remarks. Not for
 * several threads.
 */
final class Findings {

  /**
   * A table with a heading.
   *
   * @param columns their names; the first is text, the others are figures
   */
  record Table(String heading, List<String> columns, List<List<String>> rows) {}

  private final Map<String, Spread> figures = new LinkedHashMap<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Set<String> unsteady = new LinkedHashSet<>();

  /**
   * @throws IllegalArgumentException if there is no such target
   */
  void reach(String target, Spread figure) {
    requireTarget(target);
    figures.put(target, figure);
  }

  /** Notes why a target has no figure. */
  void skip(String target, String reason) {
    requireTarget(target);
    skipped.put(target, reason);
  }

  void add(Table table) {
    tables.add(table);
  }

  /** Notes that a rate was not steady when its warm-up ended. */
  void unsteady(String measurement) {
    unsteady.add(measurement);
  }

  void remark(String remark) {
    remarks.add(remark);
  }

  Map<String, Spread> figures() {
    return figures;
  }

  Map<String, String> skipped() {
    return skipped;
  }

  List<Table> tables() {
    return tables;
  }

  List<String> remarks() {
    List<String> all = new ArrayList<>(remarks);
    if (!unsteady.isEmpty()) {
      all.add("Not steady when the warm-up ended: " + String.join("; ", unsteady) + ".");
    }
    return all;
  }

  private static void requireTarget(String id) {
    if (Targets.all().stream().noneMatch(target -> target.id().equals(id))) {
      throw new IllegalArgumentException("there is no target \"" + id + "\"");
    }
  }
}
