/** The orderly stop of a node: which steps it has, how long each may take, and who takes them. */
package io.causa.engine.stop;
