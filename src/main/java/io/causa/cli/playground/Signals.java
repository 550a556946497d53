package io.causa.cli.playground;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Sends the signals that Java cannot: it knows TERM and KILL only. Every shell has a kill of its
 * own, not every machine a program.
 */
public final class Signals {
  private Signals() {}

  /**
   * Sends a signal; a process that is gone is no error.
   *
   * @param signal its name without SIG, as {@code STOP}
   * @throws UncheckedIOException if there is no shell
   */
  public static void send(String signal, long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noShell) {
      throw new UncheckedIOException("cannot send " + signal + " to process " + pid, noShell);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
