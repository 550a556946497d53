package io.causa.access.file;

import io.causa.access.AccessList;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The file of tokens on the disk. It must be closed to everybody but its owner: who can write to it
 * can let anybody in.
 *
 * @param path where it is
 */
public record AccessFile(Path path) {

  /** The largest file that is read, in bytes. */
  static final long MOST_BYTES = 16L << 20;

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  /** Returns whether there is such a file. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * Reads it.
   *
   * @throws AccessFileException if it is not there, is open to others, or cannot be used
   */
  public AccessList read() {
    try {
      requirePrivate();
      long bytes = Files.size(path);
      if (bytes > MOST_BYTES) {
        throw new AccessFileException(
            "%s has %d bytes, allowed are %d; is it the file of tokens?"
                .formatted(path, bytes, MOST_BYTES));
      }
      return AccessYaml.parse(Files.readString(path));
    } catch (IllegalArgumentException wrong) {
      throw new AccessFileException("%s: %s".formatted(path, wrong.getMessage()), wrong);
    } catch (IOException unreadable) {
      throw new AccessFileException(reason(unreadable), unreadable);
    }
  }

  private String reason(IOException unreadable) {
    if (unreadable instanceof NoSuchFileException) {
      return "there is no file %s; `causa token create --file %s --role admin` makes it"
          .formatted(path, path);
    }
    if (unreadable instanceof AccessDeniedException) {
      return "%s may not be read by this process; give it to the user that runs the node"
          .formatted(path);
    }
    return unreadable instanceof CharacterCodingException
        ? path + " is no text in UTF-8"
        : "cannot read %s: %s".formatted(path, unreadable.getMessage());
  }

  private void requirePrivate() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return; // Windows: its lists of access are for its administrator
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
      throw new AccessFileException(
          "%s is open to others (%s); close it with `chmod 600 %s`"
              .formatted(path, PosixFilePermissions.toString(permissions), path));
    }
  }

  /**
   * Replaces it as a whole: a node that reads at the same time gets the one before or this one.
   *
   * @throws AccessFileException if it cannot be written; then it is as it was
   */
  public void write(AccessList list) {
    Path target = path.toAbsolutePath();
    Path next = null;
    try {
      Files.createDirectories(target.getParent());
      target = Files.exists(target) ? target.toRealPath() : target;
      next = Files.createTempFile(target.getParent(), ".causa-tokens", ".next", ownersOnly(target));
      writeDurably(next, AccessYaml.print(list));
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      remove(next);
      throw new AccessFileException(
          "cannot write %s: %s".formatted(path, unwritable.getMessage()), unwritable);
    }
  }

  private static FileAttribute<?>[] ownersOnly(Path target) throws IOException {
    boolean posix = Files.getFileStore(target.getParent()).supportsFileAttributeView("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)}
        : new FileAttribute<?>[0];
  }

  private static void writeDurably(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void remove(Path next) {
    try {
      if (next != null) {
        Files.deleteIfExists(next);
      }
    } catch (IOException leftOver) {
      // The failure that led here is told; an empty file that stays is harmless.
    }
  }
}
