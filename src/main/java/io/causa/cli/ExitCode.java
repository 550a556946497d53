package io.causa.cli;

/**
 * What the process tells its caller. Documented in {@code bin/causa --help}; scripts rely on it.
 */
final class ExitCode {
  static final int OK = 0;

  /** A scenario's verdict is that it failed, or a history breaks a promise. */
  static final int FAILED_VERDICT = 1;

  /** The command line, a file named on it, or the configuration cannot be used. */
  static final int USAGE = 2;

  /** The key has no value at that node. */
  static final int NOT_FOUND = 3;

  /** No answer from the node: it is not there, or not ready in time; or no local cluster runs. */
  static final int UNREACHABLE = 4;

  /** The node answered that it will not, or what answered is no node; the problem is shown. */
  static final int REFUSED = 5;

  /** A node could not start, or stopped by itself. */
  static final int NODE_FAILED = 6;

  /** A node stopped by itself, because it had no memory left for network buffers. */
  static final int OUT_OF_MEMORY = 7;

  /** The node has no memory left for more data (507); deletes still pass. */
  static final int DATA_FULL = 8;

  /** A defect of Causa itself. */
  static final int INTERNAL = 70;

  /** Ended by Ctrl-C, after everything was closed. */
  static final int INTERRUPTED = 130;

  /** Ended by TERM, after everything was closed. */
  static final int TERMINATED = 143;

  private ExitCode() {}
}
