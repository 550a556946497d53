package io.causa.core;

import java.util.List;

/**
 * A client's write before it is stamped.
 *
 * @param ticket chosen by the caller to recognise the answer, unique among the proposals under way
 * @param mutations at least one; no key twice
 * @param wallTimeMillis the wall time in milliseconds since 1970
 */
public record Proposal(long ticket, List<Mutation> mutations, long wallTimeMillis) {

  public Proposal {
    mutations = Mutation.ofOneWrite(mutations);
  }

  /** Returns what the proposal counts against limits of bytes: about what it occupies. */
  public long heapBytes() {
    long bytes = 0;
    for (Mutation mutation : mutations) {
      bytes += HeapSize.of(mutation);
    }
    return bytes;
  }
}
