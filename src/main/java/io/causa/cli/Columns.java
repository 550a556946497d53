package io.causa.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in aligned columns, two spaces apart. Columns with numbers only are aligned to the right.
 */
final class Columns {
  private final List<List<String>> rows = new ArrayList<>();

  /** The first row is the heading. */
  Columns(String... heading) {
    rows.add(List.of(heading));
  }

  Columns row(Object... cells) {
    List<String> texts = new ArrayList<>();
    for (Object cell : cells) {
      texts.add(String.valueOf(cell));
    }
    if (texts.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "%d cells under %d headings: %s".formatted(texts.size(), rows.get(0).size(), texts));
    }
    rows.add(texts);
    return this;
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** The lines, each ended by a line feed and without trailing blanks. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append(line(row).stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String padding = " ".repeat(width(column) - length(cell));
      line.append(column == 0 ? "" : "  ");
      line.append(isNumeric(column) ? padding + cell : cell + padding);
    }
    return line.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> row.get(column).matches("-?[0-9.,]+"));
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
