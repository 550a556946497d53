/**
 * A client of Causa over its public HTTP interface: one class for a node, one for a session that
 * moves between nodes.
 */
package io.causa.client;
