package io.causa.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * An empty file in the data directory that tells the directory from a copy of it: whoever copies
 * the files makes a new one, with another number (inode) and another time of making.
 *
 * <p>A copy of the whole volume, below the file system, is not noticed; neither is a copy onto the
 * very same files.
 */
final class DirectoryMark {

  private static final String FILE = "original";

  private final Path directory;
  private final Path file;

  DirectoryMark(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(FILE);
  }

  /** What tells this file from all others; empty if it is not there. */
  Optional<String> read() {
    try {
      return Files.exists(file) ? Optional.of(describe()) : Optional.empty();
    } catch (IOException e) {
      throw new StorageException("the file " + file + " cannot be read; check its owner", e);
    }
  }

  /** Makes the file anew; it outlives a loss of power. */
  String make() {
    try {
      Files.deleteIfExists(file);
      Files.createFile(file);
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
      return describe();
    } catch (IOException e) {
      throw new StorageException("the file " + file + " cannot be made; check space and owner", e);
    }
  }

  private String describe() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return number() + "/" + attributes.creationTime().toMillis();
  }

  /** File systems that know no numbers still know times. */
  private Object number() throws IOException {
    try {
      return Files.getAttribute(file, "unix:ino");
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return "";
    }
  }
}
