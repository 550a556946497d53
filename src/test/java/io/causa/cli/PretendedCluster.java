package io.causa.cli;

import java.nio.file.Path;
import java.util.Arrays;

/** {@code causa}, except that its nodes only pretend; the first argument is its home. */
final class PretendedCluster {
  private PretendedCluster() {}

  public static void main(String[] args) {
    String[] words = Arrays.copyOfRange(args, 1, args.length);
    Installation installation = PretendedNode.installation(Path.of(args[0]));
    System.exit(CausaCommand.commandLine(installation, System.out).execute(words));
  }
}
