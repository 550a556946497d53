package io.causa.access;

/** Whether a request may be answered. */
public sealed interface Verdict {

  /**
   * It may.
   *
   * @param identity who asks
   */
  record Allowed(Identity identity) implements Verdict {}

  /** It may, but nobody is known: the route needs no right. */
  record Stranger() implements Verdict {}

  /** Nobody is known, and the route needs a right. */
  record Missing(Right right) implements Verdict {}

  /**
   * What was sent to prove who asks is worth nothing.
   *
   * @param why for people, without what was sent
   */
  record Wrong(Right right, String why) implements Verdict {}

  /** The caller is known, and lacks the right. */
  record Lacking(Identity identity, Right right) implements Verdict {}
}
