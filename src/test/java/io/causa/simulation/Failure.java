package io.causa.simulation;

/**
 * A broken promise.
 *
 * @param rule its short name
 * @param text what is wrong
 */
record Failure(String rule, String text) {}
