package io.causa.access.file;

import io.causa.access.AccessList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of a file as it is now. A file that cannot be used leaves the last good list in force,
 * and says so.
 *
 * <p>Any thread reads; one at a time looks for changes.
 */
public final class AccessSource {

  private static final Logger LOG = LoggerFactory.getLogger(AccessSource.class);

  /** By what a change is noticed; a file that was replaced has another key. */
  private record Look(FileTime modified, long bytes, Object key) {}

  private final AccessFile file;
  private volatile AccessList list;
  private volatile Optional<String> trouble = Optional.empty();
  private Optional<Look> last;

  private AccessSource(AccessFile file) {
    this.file = file;
    this.last = look();
    this.list = file.read();
  }

  /**
   * Reads the file for the first time.
   *
   * @throws AccessFileException if it cannot be used: a node without a list starts not
   */
  public static AccessSource open(AccessFile file) {
    return new AccessSource(file);
  }

  /** Returns the list in force. */
  public AccessList list() {
    return list;
  }

  /** Returns why the file as it is now is not in force; empty if it is. */
  public Optional<String> trouble() {
    return trouble;
  }

  /** Looks whether the file has changed, and takes it over. Blocks while it reads. */
  public synchronized void refresh() {
    Optional<Look> now = look();
    if (now.equals(last) && trouble.isEmpty()) {
      return;
    }
    last = now; // what is in trouble is tried again: chmod leaves no trace here
    try {
      list = file.read();
      trouble = Optional.empty();
      LOG.info(
          "{} has changed: {} tokens and {} certificates are in force",
          file.path(),
          list.tokens().size(),
          list.certificates().size());
    } catch (AccessFileException unusable) {
      tell(Optional.of(unusable.getMessage()));
    }
  }

  private void tell(Optional<String> found) {
    if (!found.equals(trouble)) {
      LOG.error(
          "the tokens stay as they were, because the file cannot be used: {}", found.orElse(""));
    }
    trouble = found;
  }

  private Optional<Look> look() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return Optional.of(
          new Look(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
    } catch (IOException away) {
      return Optional.empty();
    }
  }
}
