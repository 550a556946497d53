package io.causa.core.encoding;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names of features as bytes: their number, and each with its length.
 *
 * <p>A name is 1 to 64 of {@code a-z}, {@code 0-9} and {@code -}, and begins with a letter. At most
 * 64 stand together.
 */
public final class FeatureNames {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final int MOST_NAMES = 64;
  private static final int MOST_NAME_BYTES = 64;

  private FeatureNames() {}

  /** Writes the names in their order. */
  public static void write(ByteWriter out, Set<String> names) {
    out.writeVarint(names.size());
    new TreeSet<>(names).forEach(out::writeString);
  }

  /**
   * Reads names, those of unknown features too.
   *
   * @throws MalformedException if they are too many, or one is no feature's name
   */
  public static SortedSet<String> read(ByteReader in) throws MalformedException {
    long count = in.readBetween(0, MOST_NAMES, "the number of features");
    SortedSet<String> names = new TreeSet<>();
    for (long i = 0; i < count; i++) {
      String name = in.readString(MOST_NAME_BYTES, "the name of a feature");
      if (!NAME.matcher(name).matches()) {
        throw new MalformedException("\"" + name + "\" is no feature's name");
      }
      names.add(name);
    }
    return Collections.unmodifiableSortedSet(names);
  }
}
