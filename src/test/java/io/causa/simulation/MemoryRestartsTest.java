package io.causa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.engine.api.Outcome;
import io.causa.wire.ContextToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A node keeps its data in memory and is started again and again, while all nodes write: each start
 * is a new generation, and some take their last write with them.
 */
class MemoryRestartsTest {

  /** A thousand take a minute; {@code -Dcausa.memoryRestarts=1000} plays them. */
  private static final int RESTARTS = Integer.getInteger("causa.memoryRestarts", 60);

  private static final long SEED = 11;
  private static final long MOST_MILLIS = 30_000;
  private static final int MOST_TOKEN_CHARS = 1024;
  private static final int MOST_ENTRIES = 8;

  private final Simulation simulation =
      new Simulation(
          SEED, SimulationOptions.small().withDisk(Durability.MEMORY, 1000).withLogBytes(4000));
  private final Map<Replica, Long> everything = new HashMap<>();
  private VersionVector session = VersionVector.EMPTY;
  private int writes;
  private int longest;

  @Test
  void neitherTokensNorVectorsGrowWithTheGenerations() {
    for (String name : List.of("n1", "n2", "n3")) {
      simulation.startNew(name);
      awaitReady(name);
    }
    for (int i = 0; i < RESTARTS; i++) {
      write("n2");
      write(i % 2 == 0 ? "n1" : "n3");
      restart("n2", i % 3 == 0);
      simulation.schedule().run(i % 5 * 100);
      longest = Math.max(longest, ContextToken.encode(session, "c").length());
    }

    simulation.converge(MOST_MILLIS);
    simulation.schedule().runUntil(this::isCompact, MOST_MILLIS);

    for (SimulatedNode node : simulation.nodes()) {
      VersionVector applied = node.view().applied();
      assertThat(applied.size()).as("entries of %s", applied).isLessThanOrEqualTo(MOST_ENTRIES);
      assertThat(node.disk().trimmed().size()).isLessThanOrEqualTo(MOST_ENTRIES);
      assertThat(node.buffer().received().size()).isLessThanOrEqualTo(MOST_ENTRIES);
      assertServed(node, session);
      assertServed(node, VersionVector.of(everything));
      session = session.join(applied);
    }
    assertThat(everything).hasSizeGreaterThan(RESTARTS);
    assertThat(longest).isLessThan(MOST_TOKEN_CHARS);
  }

  private void write(String name) {
    String key = "k" + ++writes % 5;
    if (writes % 4 == 0) {
      simulation.delete(name, key);
    } else {
      simulation.put(name, key, "v" + writes);
    }
    note(simulation.node(name).view().applied());
  }

  private void note(VersionVector applied) {
    session = session.join(applied);
    for (Dot last : applied) {
      everything.merge(last.replica(), last.sequence(), Math::max);
    }
  }

  /** Starts the node again; what it writes last may be lost with it. */
  private void restart(String name, boolean alone) {
    if (alone) {
      simulation.faults(Faults.cutFrom(name));
      write(name);
    }
    simulation.crash(name);
    simulation.faults();
    simulation.restart(name);
    awaitReady(name);
  }

  private void awaitReady(String name) {
    simulation.schedule().runUntil(() -> simulation.node(name).isReady(), MOST_MILLIS);
    assertThat(simulation.node(name).warning()).isEmpty();
  }

  private boolean isCompact() {
    return simulation.nodes().stream()
        .allMatch(
            node ->
                node.view().applied().size() <= MOST_ENTRIES
                    && node.buffer().received().size() <= MOST_ENTRIES);
  }

  private void assertServed(SimulatedNode node, VersionVector context) {
    List<Outcome<Void>> outcomes = new ArrayList<>();
    node.engine().store().await(context, MOST_MILLIS, outcomes::add);
    simulation.schedule().runUntil(() -> !outcomes.isEmpty(), 2 * MOST_MILLIS);
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Done.class);
  }
}
