/** Bytes and JSON between machines: the codec of peers, the context token, the edge's JSON. */
package io.causa.wire;
