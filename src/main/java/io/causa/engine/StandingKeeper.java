package io.causa.engine;

import io.causa.clock.Replica;
import io.causa.engine.port.Host;
import io.causa.engine.port.NameTakenException;
import io.causa.engine.port.RenouncedException;
import io.causa.identity.State;
import io.causa.replication.Action.Collision;
import io.causa.replication.Action.NoteStanding;
import io.causa.replication.Action.OlderCopy;
import io.causa.storage.Storage;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes durable what the {@link io.causa.replication.Replicator} finds about this node's identity.
 * Stops the node if it must not go on with that identity.
 *
 * <p>Owner: the replication loop.
 */
final class StandingKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(StandingKeeper.class);

  private final Replica self;
  private final String http;
  private final Storage storage;
  private final Host host;
  private final Mailbox fromDisk;

  /**
   * @param http where clients reach this node
   */
  StandingKeeper(Replica self, String http, Storage storage, Host host, Mailbox fromDisk) {
    this.self = self;
    this.http = http;
    this.storage = storage;
    this.host = host;
    this.fromDisk = fromDisk;
  }

  /** Makes durable that own writes are doubted, or trusted, and says so on the loop. */
  void note(NoteStanding note, Runnable noted) {
    storage
        .stand(note.standing())
        .whenComplete((done, failure) -> fromDisk.offer(() -> noted(note, failure, noted)));
  }

  private void noted(NoteStanding note, Throwable failure, Runnable noted) {
    if (failure == null) {
      LOG.info("{}", forPeople(note));
      noted.run();
    } else {
      host.fail(
          "the own writes cannot be noted as %s behind number %d"
              .formatted(
                  note.standing().state().name().toLowerCase(Locale.ROOT),
                  note.standing().trusted()),
          failure);
    }
  }

  private static String forPeople(NoteStanding note) {
    return note.standing().state() == State.DOUBTED
        ? "this node's own writes are doubted, as not all members have said yet what they know of them: writes taken from now on are durable and readable here, and are kept back until then"
        : "this node's own writes are trusted, as the members know nothing later of them: all of them may leave";
  }

  /** Stops; the next start finds what the data is worth, and goes on as a new generation. */
  void stop(OlderCopy found) {
    storage
        .stand(found.standing())
        .whenComplete((noted, failure) -> fromDisk.offer(() -> stop(found, failure)));
  }

  private void stop(OlderCopy found, Throwable failure) {
    if (failure == null) {
      host.fail("the data is an older copy of itself", reason(found));
    } else {
      host.fail("the data is an older copy of itself, and that could not be noted in it", failure);
    }
  }

  private Throwable reason(OlderCopy found) {
    String what =
        "%s has %d writes of %s, of which the data here held only %d when it was opened. "
            .formatted(found.peer(), found.there(), self, found.standing().trusted());
    return found.standing().state() == State.FORKED
        ? new IllegalStateException(
            what
                + "Writes with the same names have left this node since; move its data away and start it with an empty directory")
        : new RenouncedException(
            what
                + "Started again, the node is a new generation, gets the missing writes from its peers, and loses none of its own");
  }

  /** Stops, as another node that was started earlier has this one's name. */
  void stop(Collision collision) {
    String what =
        "%s at %s cannot run: %s at %s, started earlier, lives under the same name. Give this node another --id and a data directory of its own, or stop the other one"
            .formatted(self, http, collision.other(), collision.http());
    host.fail("two nodes with one name", new NameTakenException(what));
  }
}
