package io.causa.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;

/** Hands on what is written to it, a line at a time. */
final class LineWriter extends Writer {
  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();

  private LineWriter(Consumer<String> lines) {
    this.lines = lines;
  }

  static PrintWriter to(Consumer<String> lines) {
    return new PrintWriter(new LineWriter(lines));
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (characters[i] == '\n') {
        lines.accept(line.toString().stripTrailing());
        line.setLength(0);
      } else {
        line.append(characters[i]);
      }
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
