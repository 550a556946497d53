package io.causa.access;

/**
 * A caller that is known.
 *
 * @param name for logs and messages: {@code token k3j9x0a2bc}, without any secret
 * @param grant what the caller may do
 */
public record Identity(String name, Grant grant) {

  /** Each caller of a node without access control. */
  public static final Identity ANYBODY = new Identity("anybody", Grant.ALL);
}
