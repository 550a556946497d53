package io.causa.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests were refused because of who asked, since the start.
 *
 * @param missing without a token or certificate
 * @param wrong with one that is worth nothing
 * @param limited of the wrong ones, those beyond {@code access.failures}
 * @param lacking with one that lacks the right, or is for other keys
 * @param origins of foreign pages in a browser
 * @param hosts to a name that the node has not
 */
record AccessCounters(
    AtomicLong missing,
    AtomicLong wrong,
    AtomicLong limited,
    AtomicLong lacking,
    AtomicLong origins,
    AtomicLong hosts) {

  AccessCounters() {
    this(
        new AtomicLong(),
        new AtomicLong(),
        new AtomicLong(),
        new AtomicLong(),
        new AtomicLong(),
        new AtomicLong());
  }
}
