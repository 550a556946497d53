package io.causa.client;

/**
 * What the headers of an answer say beside its body.
 *
 * @param context the token to carry to the next request, to any node; null if the answer had none
 * @param version the dot of the version read or written, as {@code node1:17}; null if the answer
 *     had none
 * @param clock the node's clock, as {@code node1=17, node2=4}; null if the answer had none
 * @param fullVersion the same version as {@code node1.k3j9:17}, from the entity tag: a bare name
 *     may mean another generation later, this means the same forever; null if the answer had none
 */
public record Marks(String context, String version, String clock, String fullVersion) {
  /** The marks of no answer at all. */
  public static final Marks NONE = new Marks(null, null, null);

  /** The marks of an answer without an entity tag. */
  public Marks(String context, String version, String clock) {
    this(context, version, clock, null);
  }
}
