package io.causa.scenario.page;

import java.io.PrintStream;
import java.util.List;

/** Prints lines that are never wider than the page. Each line is one call of the stream. */
public final class Page {
  private final PrintStream out;
  private final int width;
  private final boolean colour;

  /**
   * @param width in columns
   * @param colour whether the terminal's codes for colours are printed
   */
  public Page(PrintStream out, int width, boolean colour) {
    this.out = out;
    this.width = width;
    this.colour = colour;
  }

  public int width() {
    return width;
  }

  public void blank() {
    out.println();
  }

  /** Prints a line that is known to fit. */
  public void line(StyledText text) {
    out.println(text.render(colour));
  }

  /** Prints a text in as many lines as it needs, indented by so many columns. */
  public void paragraph(int indentation, StyledText text) {
    paragraph(new StyledText().padTo(indentation), text);
  }

  /** Prints a lead and, behind it, a text; further lines begin below the text. */
  public void paragraph(StyledText lead, StyledText text) {
    beside(lead, text, width - lead.length(), new StyledText());
  }

  /**
   * Prints a lead, a text in a column of its own, and in the first line something to the right of
   * the column.
   *
   * @param columns how wide the column of the text is
   */
  public void beside(StyledText lead, StyledText text, int columns, StyledText right) {
    List<StyledText> lines = text.wrap(columns);
    StyledText first = new StyledText().add(lead).add(lines.get(0));
    line(right.length() == 0 ? first : first.padTo(lead.length() + columns).add(right));
    lines.stream().skip(1).forEach(it -> line(new StyledText().padTo(lead.length()).add(it)));
  }
}
