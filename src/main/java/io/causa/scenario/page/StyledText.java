package io.causa.scenario.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A text whose characters have styles. Control characters, which could move the cursor or change
 * colours, are replaced when they are added. Not thread-safe.
 */
public final class StyledText {
  /** Looks like a space, and no line ends at it. */
  public static final char FIRM_SPACE = '\u00a0';

  private final StringBuilder chars = new StringBuilder();
  private final List<Style> styles = new ArrayList<>();

  /** Returns a text of one style. */
  public static StyledText of(Style style, String text) {
    return new StyledText().add(style, text);
  }

  /** Appends a piece; returns this. */
  public StyledText add(Style style, String text) {
    for (int i = 0; i < text.length(); i++) {
      add(style, text.charAt(i));
    }
    return this;
  }

  /** Appends another text with its styles; returns this. */
  public StyledText add(StyledText other) {
    chars.append(other.chars);
    styles.addAll(other.styles);
    return this;
  }

  /** Appends spaces up to this length; returns this. */
  public StyledText padTo(int length) {
    while (length() < length) {
      add(Style.PLAIN, ' ');
    }
    return this;
  }

  private void add(Style style, char c) {
    char shown = Character.isWhitespace(c) ? ' ' : c;
    chars.append(Character.isISOControl(shown) ? '?' : shown);
    styles.add(style);
  }

  /** Returns how many columns it takes, if each character takes one. */
  public int length() {
    return chars.length();
  }

  /**
   * Returns lines of at most this many columns, at least one. They end at spaces, and within a word
   * only if it is longer than a line.
   */
  public List<StyledText> wrap(int width) {
    List<StyledText> lines = new ArrayList<>();
    int start = 0;
    do {
      int end = endOfLine(start, width);
      lines.add(part(start, end));
      start = end;
      while (start < length() && chars.charAt(start) == ' ') {
        start++;
      }
    } while (start < length());
    return lines;
  }

  private int endOfLine(int start, int width) {
    if (length() - start <= width) {
      return length();
    }
    int space = chars.lastIndexOf(" ", start + width);
    while (space > start && chars.charAt(space - 1) == ' ') {
      space--;
    }
    if (space > start && !chars.substring(start, space).isBlank()) {
      return space;
    }
    int end = start + width;
    return width > 1 && Character.isLowSurrogate(chars.charAt(end)) ? end - 1 : end;
  }

  private StyledText part(int start, int end) {
    StyledText part = new StyledText();
    part.chars.append(chars, start, end);
    part.styles.addAll(styles.subList(start, end));
    return part;
  }

  /** Returns the text without trailing spaces, with the terminal's codes if there is colour. */
  public String render(boolean colour) {
    String text = chars.toString().replace(FIRM_SPACE, ' ').stripTrailing();
    if (!colour) {
      return text;
    }
    StringBuilder painted = new StringBuilder();
    int start = 0;
    for (int end = 1; end <= text.length(); end++) {
      if (end == text.length() || styles.get(end) != styles.get(start)) {
        painted.append(styles.get(start).paint(text.substring(start, end)));
        start = end;
      }
    }
    return painted.toString();
  }
}
