package io.causa.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Notices that the process that started this one is gone, however it ended: the parent holds the
 * other end of our standard input, and the operating system closes it with the parent.
 */
final class ParentWatch {
  private ParentWatch() {}

  /**
   * @param pipe read until its end, on a daemon thread of its own; what it carries is ignored
   * @param onGone called on that thread, once
   */
  static void start(InputStream pipe, Runnable onGone) {
    Thread watcher = new Thread(() -> waitForEnd(pipe, onGone), "causa-parent-watch");
    watcher.setDaemon(true);
    watcher.start();
  }

  private static void waitForEnd(InputStream pipe, Runnable onGone) {
    try {
      pipe.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      System.err.println("causa: lost the pipe to the starting process: " + broken.getMessage());
    }
    onGone.run();
  }
}
