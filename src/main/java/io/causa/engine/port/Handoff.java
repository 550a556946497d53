package io.causa.engine.port;

/**
 * The way from one loop to another: what is carried arrives in its order, and is never refused.
 *
 * <p>Each ordered pair of loops has a way of its own. Between two ways any order is possible. A
 * node carries at once, on the thread that hands over. A simulation lets time pass, so that it
 * plays the orders that threads could make.
 */
public interface Handoff {

  /** Hands over on the thread of the sender, without a pause. */
  Handoff DIRECT = Runnable::run;

  /**
   * Lets the message arrive.
   *
   * @param arrival puts the message into the mailbox of the receiver; any thread may run it
   */
  void carry(Runnable arrival);
}
