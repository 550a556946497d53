package io.causa.client;

/**
 * How nodes write a replica: {@code node1}, or in full {@code node1.k3j9}, the name and the
 * generation. A name has no dot in it.
 */
public final class ReplicaText {
  private static final char SEPARATOR = '.';

  private ReplicaText() {}

  /** Returns whether the text is in full; the dot of a write ({@code node1.k3j9:17}) may be too. */
  public static boolean isFull(String text) {
    return text.indexOf(SEPARATOR) > 0;
  }

  /** Returns the bare name: the text itself, or what stands before the generation. */
  public static String name(String text) {
    return isFull(text) ? text.substring(0, text.indexOf(SEPARATOR)) : text;
  }
}
