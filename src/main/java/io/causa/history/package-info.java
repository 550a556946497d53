/**
 * What clients saw, and checkers that judge it.
 *
 * <p>Shares nothing with the code it judges: no clock, comparison or codec of the server. It reads
 * the answers that any client gets, and knows of versions and contexts only that two of them are
 * equal or not.
 */
package io.causa.history;
