/**
 * Faults of the links between nodes, for demonstrations and tests: rules, and what they do to one
 * message.
 */
package io.causa.replication.link;
