package io.causa.http;

import io.causa.node.config.NodeConfig;
import io.causa.node.port.ProcessMemory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all HTTP loops of a node carry together, and how much that may be.
 *
 * @param bodies the bodies under way
 * @param answers the answers under way that are copies of what the store has
 * @param connections the connections
 * @param lateBodies how many bodies did not arrive in time
 */
record HttpLoad(
    BodyBudget bodies, BodyBudget answers, ConnectionBudget connections, AtomicLong lateBodies) {

  /** Of the heap, what bodies may take: the store, its queues and its log need the rest. */
  private static final int HEAP_SHARE = 10;

  /** Of the heap, what answers may take. */
  private static final int ANSWERS_SHARE = 16;

  /** However small the heap: one value at least can be shown. */
  private static final int LEAST_VALUES = 8;

  /** Of the memory outside the heap, what connections may take: answers need the rest. */
  private static final int DIRECT_SHARE = 2;

  /** What Netty reads from a connection at a time, at the most. */
  private static final long READ_BYTES = 1 << 16;

  private static final long LEAST_CONNECTIONS = 16;

  /** Returns an empty one, with the limits that are given, or those that fit the memory. */
  static HttpLoad of(NodeConfig.Http limits, ProcessMemory memory) {
    return new HttpLoad(
        new BodyBudget(bodyBytes(limits, memory.heapBytes())),
        new BodyBudget(answerBytes(limits, memory.heapBytes())),
        new ConnectionBudget(connections(limits, memory.directBytes())),
        new AtomicLong());
  }

  private static long bodyBytes(NodeConfig.Http limits, long heapBytes) {
    return limits.bodiesUnderWayBytes() > 0
        ? limits.bodiesUnderWayBytes()
        : Math.max(limits.largestBodyBytes(), heapBytes / HEAP_SHARE);
  }

  private static long answerBytes(NodeConfig.Http limits, long heapBytes) {
    return limits.answersUnderWayBytes() > 0
        ? limits.answersUnderWayBytes()
        : Math.max((long) LEAST_VALUES * limits.valueBytes(), heapBytes / ANSWERS_SHARE);
  }

  /** An unfinished head waits outside the heap, together with what was read behind it. */
  private static long connections(NodeConfig.Http limits, long directBytes) {
    long eachBytes = limits.requestLineBytes() + limits.headerBytes() + READ_BYTES;
    return limits.connections() > 0
        ? limits.connections()
        : Math.max(LEAST_CONNECTIONS, directBytes / DIRECT_SHARE / eachBytes);
  }
}
