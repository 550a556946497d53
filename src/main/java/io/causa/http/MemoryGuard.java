package io.causa.http;

import io.causa.node.port.NodePort;

/**
 * Recognises that the JVM has no memory left for network buffers. That is as fatal as a full heap,
 * but the JVM does not end by itself: its loops would sleep in the allocator, request by request.
 */
final class MemoryGuard {

  private static final int MOST_CAUSES = 10;

  private MemoryGuard() {}

  /** Ends the node if the failure comes from a lack of memory. */
  static void check(NodePort node, Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof OutOfMemoryError lack) {
        node.outOfMemory(lack);
        return;
      }
      cause = cause.getCause();
    }
  }
}
