package io.causa.clock;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One node's identity: the operator's name and the generation that was made together with the
 * node's data.
 *
 * <p>A node that starts without its log is a new generation of the same name, so that it can never
 * count a sequence twice. Replicas are totally ordered by name, then generation; the order has no
 * meaning beyond breaking ties.
 *
 * <p>Generation 0 is no node's. It stands for the {@link VersionVector#base base} of a name in
 * vectors, see {@link #baseOf}; it writes nothing, and no message or file may name it elsewhere.
 *
 * @param name 1 to 32 characters of {@code a-z}, {@code 0-9} and {@code -}
 * @param generation positive, and larger for a later generation of the same name
 */
public record Replica(String name, long generation) implements Comparable<Replica> {

  /**
   * The largest generation, and the largest term of a roster, that is believed from outside: 2^53 -
   * 1. Generations are made by {@code identity.StartMoment}, and a later term adds one to an
   * earlier one.
   */
  public static final long MAX_GENERATION = (1L << 53) - 1;

  private static final int MOST_NAME_CHARS = 32;
  private static final Pattern GENERATION = Pattern.compile("[1-9a-z][0-9a-z]{0,12}");
  private static final int GENERATION_RADIX = 36;
  private static final char SEPARATOR = '.';
  private static final char FORMER_SEPARATOR = '~';

  public Replica {
    Objects.requireNonNull(name, "name");
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a replica's name is 1 to 32 characters of a-z, 0-9 and -, not \"" + name + "\"");
    }
    if (generation < 0) {
      throw new IllegalArgumentException("a generation is positive, not " + generation);
    }
  }

  /** Returns what stands for the base of the name in a vector. */
  public static Replica baseOf(String name) {
    return new Replica(name, 0);
  }

  /** Whether this is no replica, but stands for the base of its name. */
  public boolean isBase() {
    return generation == 0;
  }

  /** Whether the text can be a replica's name. Every message names some. */
  public static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isAllowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      if (!isAllowed) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MOST_NAME_CHARS;
  }

  /**
   * Returns a text that names a replica as it is written today: earlier versions of Causa wrote
   * {@code name~generation}, and people may still have that.
   */
  public static String modernized(String text) {
    return text.replace(FORMER_SEPARATOR, SEPARATOR);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if the text is not {@code name.generation}
   */
  public static Replica parse(String text) {
    int at = text.indexOf(SEPARATOR);
    if (at < 0) {
      throw new IllegalArgumentException(
          "a replica is written name.generation, not \"" + text + "\"");
    }
    return new Replica(text.substring(0, at), parseGeneration(text.substring(at + 1)));
  }

  /** Reads what {@link #toString()} wrote; empty if the text is something else. */
  static Optional<Replica> tryParse(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** One replica has one text: what parseLong takes besides (+1, 01, Z) is refused. */
  private static long parseGeneration(String text) {
    if (!GENERATION.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a generation is written in base 36 (0-9, a-z), not \"" + text + "\"");
    }
    try {
      return Long.parseLong(text, GENERATION_RADIX);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the generation \"" + text + "\" is too large", e);
    }
  }

  @Override
  public int compareTo(Replica other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Long.compare(generation, other.generation);
  }

  /** The full, unambiguous form: {@code name.generation}, the generation in base 36. */
  @Override
  public String toString() {
    return name + SEPARATOR + printGeneration(generation);
  }

  static String printGeneration(long generation) {
    return Long.toString(generation, GENERATION_RADIX);
  }
}
