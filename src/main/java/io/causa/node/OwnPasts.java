package io.causa.node;

import io.causa.replication.OwnPast;
import io.causa.storage.Incarnation;
import io.causa.storage.Recovered;
import io.causa.storage.Standing;
import io.causa.storage.Storage;

/** Tells replication what the storage found of a replica's own writes. */
public final class OwnPasts {

  private OwnPasts() {}

  public static OwnPast of(Storage storage) {
    Incarnation run = storage.incarnation();
    Recovered found = storage.recovered();
    long own = found.applied().get(found.self());
    if (run.isNew()) {
      return OwnPast.ofNewGeneration(own);
    }
    return run.standing().state() == Standing.State.DOUBTED
        ? OwnPast.doubted(run.standing().trusted())
        : OwnPast.found(own);
  }
}
