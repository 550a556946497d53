package io.causa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.replication.LinkFaultRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random histories over a hostile network: whatever happens, all nodes end with the same. */
class ReplicationSimulationTest {

  private static final int STEPS = 150;
  private static final long HEALING_MILLIS = 60_000;

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void everyRunConvergesOnceTheNetworkHeals(@ForAll long seed) {
    new RandomRun(seed).play();
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void theSameSeedGivesTheSameRun(@ForAll long seed) {
    assertThat(new RandomRun(seed).play()).isEqualTo(new RandomRun(seed).play());
  }

  /** A safety phase of random steps, then a liveness phase without faults. */
  private static final class RandomRun {
    private final SplittableRandom random;
    private final Simulation simulation;
    private final List<String> names;

    RandomRun(long seed) {
      this.random = new SplittableRandom(seed);
      this.simulation = new Simulation(random.nextLong(), options());
      this.names = IntStream.rangeClosed(1, 3 + random.nextInt(3)).mapToObj(i -> "n" + i).toList();
    }

    String play() {
      names.forEach(simulation::startNew);
      for (int step = 0; step < STEPS; step++) {
        step();
        simulation.schedule().run(random.nextLong(200));
        checkWindows();
      }
      simulation.heal();
      names.stream()
          .filter(name -> !simulation.node(name).isRunning())
          .forEach(simulation::restart);
      simulation.converge(HEALING_MILLIS);
      return simulation.describe();
    }

    private SimulationOptions options() {
      return random.nextBoolean()
          ? SimulationOptions.small()
          : SimulationOptions.small().withBuffer(2 + random.nextInt(20), 2000);
    }

    private void step() {
      int dice = random.nextInt(100);
      if (dice < 70) {
        write();
      } else if (dice < 90) {
        disturb();
      } else if (dice < 94) {
        simulation.heal();
      } else {
        crashOrRestart();
      }
    }

    private void write() {
      String name = anyName();
      for (int i = random.nextInt(10); i >= 0 && simulation.node(name).isRunning(); i--) {
        String key = "k" + random.nextInt(5);
        if (random.nextInt(10) == 0) {
          simulation.delete(name, key);
        } else {
          simulation.put(name, key, "v".repeat(random.nextInt(200)));
        }
      }
    }

    private void disturb() {
      List<LinkFaultRule> rules = new ArrayList<>();
      rules.add(Faults.chaos(random.nextDouble(0.3), 0.2, 0.2, random.nextLong(1, 100)));
      for (int i = random.nextInt(4); i > 0; i--) {
        rules.add(random.nextBoolean() ? Faults.cut(anyName(), anyName()) : isolation());
      }
      simulation.faults(rules.toArray(LinkFaultRule[]::new));
    }

    private LinkFaultRule isolation() {
      return switch (random.nextInt(4)) {
        case 0 -> Faults.cutFrom(anyName());
        case 1 -> Faults.cutTo(anyName());
        case 2 -> Faults.hold(anyName(), anyName());
        default -> Faults.holdOrigin(anyName(), anyName());
      };
    }

    private void crashOrRestart() {
      String name = anyName();
      if (simulation.node(name).isRunning()) {
        simulation.crash(name);
      } else if (random.nextInt(3) == 0) {
        simulation.startNew(name);
      } else {
        simulation.restart(name);
      }
    }

    private void checkWindows() {
      long nowMillis = simulation.schedule().nowMillis();
      for (SimulatedNode node : simulation.running()) {
        assertThat(node.replicator().peers(nowMillis))
            .allSatisfy(peer -> assertThat(peer.inFlightBytes()).isLessThanOrEqualTo(4096));
      }
    }

    private String anyName() {
      return names.get(random.nextInt(names.size()));
    }
  }
}
