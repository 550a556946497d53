package io.causa.simulation;

import io.causa.engine.port.Transport;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.simulation.check.Observers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The end of the simulated network at which one process stands. What leaves is shown to the
 * checkers; what arrives before the process listens is lost.
 */
final class SimulatedTransport implements Transport {

  private static final long RENEWAL_MILLIS = 30;

  private final World world;
  private final SimulatedProcess process;
  private final SimulatedStorage storage;
  private final String self;
  private final String name;
  private final BiConsumer<Channel, PeerMessage> receiver = this::arrive;
  private Consumer<WriteBatch> writes = batch -> {};
  private BiConsumer<Channel, PeerMessage> control = (channel, message) -> {};

  SimulatedTransport(World world, SimulatedProcess process, SimulatedStorage storage) {
    this.world = world;
    this.process = process;
    this.storage = storage;
    this.self = storage.recovered().self().toString();
    this.name = storage.recovered().self().name();
    world.network().attach(name, receiver);
  }

  /** The process is in the cluster no more. */
  void detach() {
    world.network().detach(name, receiver);
  }

  private void arrive(Channel channel, PeerMessage message) {
    if (message instanceof WriteBatch batch) {
      process.at(process.schedule().nowMicros(), () -> writes.accept(batch));
    } else {
      process.at(process.schedule().nowMicros(), () -> control.accept(channel, message));
    }
  }

  @Override
  public void send(String peer, PeerMessage message, int version) {
    if (!process.isRunning()) {
      return;
    }
    storage.checkNothingDoubted(message);
    world.trace().say(self, "→", peer, Words.of(message));
    if (message instanceof WriteBatch batch) {
      observers().peers().sent(self, Facts.facts(batch.writes()));
      world.tally().count(batch.pulled() ? "pulls answered" : "batches pushed");
    } else if (message instanceof Digest digest) {
      observers().peers().knows(self, Facts.names(digest.roster()));
      observers()
          .peers()
          .claimed(
              self,
              world.ended().counts(self, digest.applied()),
              world.ended().counts(self, digest.received()));
    } else if (message instanceof Ack ack) {
      String of = ack.of().toString();
      observers().peers().claimed(self, Map.of(of, ack.applied()), Map.of(of, ack.received()));
      world.tally().count("acknowledgements sent");
    } else if (message instanceof Pull) {
      boolean disturbed = world.network().isDisturbed();
      world.tally().count(disturbed ? "pulls sent while links are cut" : "pulls sent");
    } else if (message instanceof SnapshotChunk chunk) {
      observers()
          .peers()
          .claimed(self, world.ended().counts(self, chunk.instant().vector()), Map.of());
      world.tally().count("snapshot chunks sent");
    } else if (message instanceof SnapshotRefused refused) {
      String reason = refused.reason().toString().toLowerCase(Locale.ROOT);
      world.tally().count("snapshots refused: " + reason);
    }
    world.network().send(name, peer, message, version);
  }

  @Override
  public void broadcast(Presence presence, int version) {
    world.network().broadcast(name, presence, version);
  }

  @Override
  public CompletionStage<Set<Channel>> registered() {
    CompletableFuture<Set<Channel>> known = new CompletableFuture<>();
    process.after(RENEWAL_MILLIS, () -> known.complete(world.network().registered(name)));
    return known;
  }

  @Override
  public CompletionStage<Void> renew() {
    return registerAgain("registrations renewed");
  }

  @Override
  public CompletionStage<Void> rejoin() {
    return registerAgain("clusters joined again");
  }

  private CompletionStage<Void> registerAgain(String what) {
    world.tally().count(what);
    CompletableFuture<Void> done = new CompletableFuture<>();
    process.after(
        RENEWAL_MILLIS,
        () -> {
          world.network().registerAnew(name);
          done.complete(null);
        });
    return done;
  }

  @Override
  public void onUnsent(Consumer<String> consumer) {}

  @Override
  public CompletionStage<Void> onWrites(Consumer<WriteBatch> consumer) {
    writes = consumer;
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> onControl(BiConsumer<Channel, PeerMessage> consumer) {
    control = consumer;
    return CompletableFuture.completedStage(null);
  }

  private Observers observers() {
    return world.observers();
  }
}
