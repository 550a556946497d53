package io.causa.cli.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of the clusters that this user runs on this machine: for each a file {@code
 * name.json} and a socket {@code name.sock}. What a killed cluster left there is removed by the
 * next command that looks.
 */
public final class Playgrounds {
  /** The environment variable that names another directory. */
  public static final String VARIABLE = "CAUSA_RUN_DIR";

  /** What a name of a cluster may be: it is part of two file names. */
  public static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,31}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = ".json";

  /** A start time is computed from the clock and may move with it. */
  private static final Duration SAME_START = Duration.ofSeconds(10);

  private final Path directory;

  public Playgrounds(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** Those of this user, wherever the environment says. */
  public static Playgrounds ofThisUser(Map<String, String> environment) {
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
    String named = environment.getOrDefault(VARIABLE, "");
    return new Playgrounds(
        named.isBlank()
            ? Path.of(System.getProperty("java.io.tmpdir"), "causa-" + user)
            : Path.of(named));
  }

  public Path directory() {
    return directory;
  }

  /** Where the cluster of this name listens. */
  public Path socket(String name) {
    return directory.resolve(name + ".sock");
  }

  /**
   * Makes the directory if there is none, and makes sure that nobody else can enter it.
   *
   * @throws IOException if that cannot be; the message says why
   */
  public void prepare() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(directory, PosixFileAttributeView.class);
    if (view != null) {
      try {
        view.setPermissions(PosixFilePermissions.fromString("rwx------"));
      } catch (IOException notOurs) {
        throw new IOException(directory + " belongs to another user", notOurs);
      }
    }
  }

  /** Writes the cluster's file; another process sees the old one or the new one. */
  public void write(Playground playground) throws IOException {
    Path next = directory.resolve(playground.name() + ".next");
    Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(playground));
    Files.move(
        next,
        file(playground.name()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes the cluster's file and its socket. */
  public void remove(String name) throws IOException {
    Files.deleteIfExists(file(name));
    Files.deleteIfExists(socket(name));
  }

  private Path file(String name) {
    return directory.resolve(name + FILE);
  }

  /**
   * The clusters that run, by name. Removes what others left behind that were killed.
   *
   * @throws IOException if the directory cannot be read
   */
  public List<Playground> running() throws IOException {
    List<Playground> running = new ArrayList<>();
    for (Path file : files()) {
      Optional<Playground> read = read(file);
      if (ControlClient.isAnswered(socket(nameOf(file)))) {
        read.ifPresent(running::add);
      } else {
        read.ifPresent(Playgrounds::wakeLeftovers);
        remove(nameOf(file));
      }
    }
    return running;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(file -> file.toString().endsWith(FILE)).sorted().toList();
    }
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - FILE.length());
  }

  private static Optional<Playground> read(Path file) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Playground.class));
    } catch (JsonProcessingException damaged) {
      return Optional.empty();
    } catch (NoSuchFileException goneMeanwhile) {
      return Optional.empty();
    }
  }

  /**
   * A node that was paused when its cluster was killed cannot notice that its parent is gone.
   * Woken, it notices and ends.
   */
  private static void wakeLeftovers(Playground dead) {
    for (Playground.Node node : dead.nodes()) {
      if (node.pid() != null && isStill(node)) {
        Signals.send("CONT", node.pid());
      }
    }
  }

  private static boolean isStill(Playground.Node node) {
    Optional<Instant> started =
        ProcessHandle.of(node.pid()).flatMap(process -> process.info().startInstant());
    return started.isPresent()
        && node.startedMillis() != null
        && Duration.between(Instant.ofEpochMilli(node.startedMillis()), started.get())
                .abs()
                .compareTo(SAME_START)
            < 0;
  }
}
