/**
 * Observers of simulated nodes: they hear what every node made durable, showed, sent and answered,
 * keep their own graph of what happened before what, and judge.
 *
 * <p>They use nothing of the code that they judge: names of writes are a text and a number here,
 * the causal past is a set, and orders are their own.
 */
package io.causa.simulation.check;
