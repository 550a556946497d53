package io.causa.clock;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Walks over the entries of a vector, with those of bases or without. */
final class VectorEntries implements Iterator<Dot> {

  private final Replica[] replicas;
  private final long[] sequences;
  private final boolean withBases;
  private int next;

  VectorEntries(Replica[] replicas, long[] sequences, boolean withBases) {
    this.replicas = replicas;
    this.sequences = sequences;
    this.withBases = withBases;
    passBases();
  }

  private void passBases() {
    while (!withBases && hasNext() && replicas[next].isBase()) {
      next++;
    }
  }

  @Override
  public boolean hasNext() {
    return next < replicas.length;
  }

  @Override
  public Dot next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Dot entry = new Dot(replicas[next], sequences[next]);
    next++;
    passBases();
    return entry;
  }
}
