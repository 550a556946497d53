package io.causa.identity;

/**
 * What a directory says of the run that had it open last.
 *
 * @param buffered whether its commits did not wait for the disk
 * @param closed whether it ended in order: then everything is on the disk
 * @param boot which start of the machine it belonged to; empty if that is not known
 */
public record LastRun(boolean buffered, boolean closed, String boot) {

  /**
   * Returns whether commits that were acknowledged, and that others may know of, may be missing:
   * the end of a process takes nothing that the operating system has, the end of the machine takes
   * what was not synced.
   *
   * @param bootNow which start of the machine this is; empty if that is not known
   */
  public boolean mayHaveLost(String bootNow) {
    boolean sameBoot = !boot.isEmpty() && boot.equals(bootNow);
    return buffered && !closed && !sameBoot;
  }
}
