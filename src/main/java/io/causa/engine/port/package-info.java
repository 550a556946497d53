/**
 * What an engine needs of its host: loops and the ways between them, the way to the peers, those
 * who listen, and those who watch. Storage is the port of {@code io.causa.storage}.
 */
package io.causa.engine.port;
