/**
 * What a node offers to its edges (HTTP today): small interfaces whose calls come from any event
 * loop and are answered on the caller's.
 */
package io.causa.node.port;
