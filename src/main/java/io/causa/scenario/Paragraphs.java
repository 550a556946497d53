package io.causa.scenario;

import java.util.ArrayList;
import java.util.List;

/** A story as its author wrote it, in lines of any length, made one text for each paragraph. */
final class Paragraphs {
  private Paragraphs() {}

  /**
   * Joins lines; an empty line ends a paragraph, and a line that begins with a space or a dash
   * begins a new one.
   */
  static List<String> of(String story) {
    List<String> paragraphs = new ArrayList<>();
    boolean open = false;
    for (String line : story.lines().toList()) {
      boolean item = line.startsWith(" ") || line.startsWith("- ");
      if (open && !item && !line.isBlank()) {
        int end = paragraphs.size() - 1;
        paragraphs.set(end, paragraphs.get(end) + " " + line.strip());
      } else {
        paragraphs.add(line.stripTrailing());
        open = !line.isBlank();
      }
    }
    return paragraphs;
  }
}
