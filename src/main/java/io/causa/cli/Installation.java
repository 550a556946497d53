package io.causa.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where this Causa lies on the disk, and how it starts another JVM like its own.
 *
 * @param home the directory that holds {@code conf/} and {@code target/}; given by {@code
 *     bin/causa} as {@code -Dcausa.home}, otherwise the working directory
 * @param nodeJvm the beginning of a command that starts a node: the same Java, the node's JVM
 *     flags, this class path, the main class
 */
record Installation(Path home, List<String> nodeJvm) {
  /** From this Java on, the way in which Hazelcast reaches memory must be allowed by a flag. */
  private static final int UNSAFE_NEEDS_LEAVE = 23;

  /** From this Java on, headers of objects can be compact without a flag that unlocks that. */
  private static final int COMPACT_HEADERS = 25;

  static Installation ofThisProcess() {
    Path home = Path.of(System.getProperty("causa.home", "")).toAbsolutePath().normalize();
    return new Installation(home, nodeJvm(home));
  }

  private static List<String> nodeJvm(Path home) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dcausa.home=" + home);
    options(home).ifPresent(file -> command.add("@" + file)); // java reads # and lines by itself
    if (Runtime.version().feature() >= UNSAFE_NEEDS_LEAVE) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (Runtime.version().feature() >= COMPACT_HEADERS) {
      command.add("-XX:+UseCompactObjectHeaders");
    }
    archive().ifPresent(file -> command.add("-XX:SharedArchiveFile=" + file));
    command.add("-Xlog:cds=off"); // an archive that does not fit is not worth a line
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    return List.copyOf(command);
  }

  private static Optional<Path> options(Path home) {
    return Optional.of(home.resolve("conf").resolve("jvm.options")).filter(Files::isReadable);
  }

  /** The archive of loaded classes that {@code bin/causa} made for this version of Java. */
  private static Optional<Path> archive() {
    return Optional.ofNullable(System.getProperty("causa.archive"))
        .map(Path::of)
        .filter(Files::isReadable);
  }

  /** The whole command that starts a node with these flags. */
  List<String> nodeCommand(List<String> flags, String... more) {
    List<String> command = new ArrayList<>(nodeJvm);
    command.add("node");
    command.addAll(flags);
    command.addAll(List.of(more));
    return command;
  }

  /** Where logs go when nobody says otherwise. */
  Path logs(String name) {
    Path target = home.resolve("target");
    boolean ours = Files.isDirectory(target) && Files.isWritable(target);
    Path base = ours ? target : Path.of(System.getProperty("java.io.tmpdir"), "causa");
    return base.resolve("logs").resolve(name);
  }

  /** The scenarios that come with Causa. */
  Path scenarios() {
    return home.resolve("conf").resolve("scenarios");
  }
}
