/**
 * How a second terminal finds a running {@code causa cluster} and asks something of it: a file and
 * a Unix domain socket for each cluster, in a directory that only its owner can enter.
 */
package io.causa.cli.playground;
