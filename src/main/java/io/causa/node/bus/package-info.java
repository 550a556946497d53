/**
 * How messages between replicas travel: the clustered event bus, and the faults that may be put on
 * its links.
 */
package io.causa.node.bus;
