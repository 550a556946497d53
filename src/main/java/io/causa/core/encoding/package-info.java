/**
 * The few byte-level forms that both the disk and the network write: numbers, texts, vectors and
 * mutations. Pure Java; what is stored or sent, and in which version, is decided by the callers.
 */
package io.causa.core.encoding;
