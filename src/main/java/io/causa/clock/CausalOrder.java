package io.causa.clock;

/**
 * How one version vector stands to another. Happens-before is a partial order, so there are four
 * answers.
 */
public enum CausalOrder {
  EQUAL,
  BEFORE,
  AFTER,
  CONCURRENT
}
