package io.causa.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says in words for people why something could not be done with a file. */
final class Reasons {
  private Reasons() {}

  /**
   * A sentence without its full stop, as {@code cannot read x: there is no such file}.
   *
   * @param verb what was tried, as {@code read}
   */
  static String cannot(String verb, Path file, IOException failure) {
    String why = why(file, failure);
    return why.startsWith(file + ":") ? why : "cannot %s %s: %s".formatted(verb, file, why);
  }

  private static String why(Path file, IOException failure) {
    if (Files.isDirectory(file) && !(failure instanceof FileSystemException)) {
      return "this is a directory, expected is a file";
    }
    String elsewhere = elsewhere(file, failure);
    boolean beneathFile =
        failure instanceof FileSystemException about && "Not a directory".equals(about.getReason());
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or directory" + elsewhere;
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied" + elsewhere;
    }
    if (beneathFile
        || failure instanceof FileAlreadyExistsException
        || failure instanceof NotDirectoryException) {
      return "a file is in the way, where a directory is needed" + elsewhere;
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the directory is not empty" + elsewhere;
    }
    if (failure instanceof CharacterCodingException) {
      return "its content is not text in UTF-8";
    }
    return message(failure) + elsewhere;
  }

  /** The failure may be about another file, such as a directory above. */
  private static String elsewhere(Path file, IOException failure) {
    boolean other =
        failure instanceof FileSystemException about
            && about.getFile() != null
            && !about.getFile().equals(file.toString());
    return other ? " (" + ((FileSystemException) failure).getFile() + ")" : "";
  }

  private static String message(IOException failure) {
    if (failure instanceof FileSystemException about && about.getReason() != null) {
      return about.getReason();
    }
    if (failure instanceof JsonProcessingException syntax) {
      return syntax.getOriginalMessage();
    }
    return failure.getMessage() == null ? "input or output failed" : failure.getMessage();
  }
}
