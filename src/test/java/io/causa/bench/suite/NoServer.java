package io.causa.bench.suite;

import java.util.List;

/** A library that is measured in a program of its own for each window. */
record NoServer(String name) implements Server {

  @Override
  public List<Long> processes() {
    return List.of();
  }

  @Override
  public void close() {
    // Nothing runs between its windows.
  }
}
