package io.causa.core.store;

import io.causa.clock.Replica;
import io.causa.core.Mutation;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Random causal histories, made by really running a few replicas: local puts and deletes of one or
 * several keys, partial deliveries in any order, and commits that begin and end at any moment.
 */
final class Histories extends DomainContextBase {

  private static final int MAX_REPLICAS = 4;
  private static final List<String> KEYS = List.of("x", "y", "z");

  /** What one replica does next. Numbers are taken modulo what there is to choose from. */
  sealed interface Step {
    int replica();
  }

  record Propose(int replica, List<Mutation> mutations) implements Step {}

  /** Receives any durable write, one it already has included. */
  record ReceiveAny(int replica, int write) implements Step {}

  /** Receives the write of an origin that it lacks first. */
  record ReceiveNext(int replica, int origin) implements Step {}

  record Begin(int replica) implements Step {}

  record Complete(int replica) implements Step {}

  /** The replicas and what they do, in this order; printed when a property fails. */
  record Script(int replicas, List<Step> steps) {}

  @Provide
  Arbitrary<Script> scripts() {
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(4, proposals()),
            Tuple.of(2, pairs().map(p -> new ReceiveAny(p[0], p[1]))),
            Tuple.of(6, pairs().map(p -> new ReceiveNext(p[0], p[1]))),
            Tuple.of(3, pairs().map(p -> new Begin(p[0]))),
            Tuple.of(3, pairs().map(p -> new Complete(p[0]))));
    return Combinators.combine(
            uniform(MAX_REPLICAS).map(n -> n + 1),
            step.list().ofMaxSize(80).withSizeDistribution(RandomDistribution.uniform()))
        .as(Script::new);
  }

  private static Arbitrary<Integer> uniform(int bound) {
    return Arbitraries.integers()
        .between(0, bound - 1)
        .withDistribution(RandomDistribution.uniform());
  }

  private Arbitrary<int[]> pairs() {
    return uniform(1_000).array(int[].class).ofSize(2);
  }

  private Arbitrary<Propose> proposals() {
    Arbitrary<List<Mutation>> mutations =
        Arbitraries.of(KEYS)
            .set()
            .ofMinSize(1)
            .ofMaxSize(2)
            .flatMap(
                keys ->
                    Combinators.combine(keys.stream().map(this::mutations).toList())
                        .as(List::copyOf));
    return Combinators.combine(uniform(MAX_REPLICAS), mutations).as(Propose::new);
  }

  private Arbitrary<Mutation> mutations(String key) {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(new Mutation.Delete(key))),
        Tuple.of(3, uniform(100).map(i -> put(key, i))));
  }

  private static Mutation put(String key, int value) {
    return new Mutation.Put(key, Value.text(String.valueOf(value)));
  }

  /**
   * @param replicas in the state in which the script left them: each has applied some of the writes
   * @param writes all durable writes, each behind those that it depends on
   */
  record History(List<ModelReplica> replicas, List<Write> writes) {

    /** Every replica receives all writes and applies them. */
    History finished() {
      for (ModelReplica replica : replicas) {
        writes.forEach(replica::receive);
        replica.settle();
      }
      return this;
    }

    /** Some of the writes twice, in any order. */
    List<Write> shuffledWithDuplicates(Random random) {
      List<Write> arrivals = new ArrayList<>(writes);
      writes.stream().filter(write -> random.nextInt(3) == 0).forEach(arrivals::add);
      Collections.shuffle(arrivals, random);
      return arrivals;
    }
  }

  static History run(Script script) {
    Run run = new Run(script.replicas());
    script.steps().forEach(run::step);
    run.replicas.forEach(ModelReplica::settle);
    run.noteDurable();
    return new History(run.replicas, run.durable);
  }

  private static final class Run {
    final List<ModelReplica> replicas = new ArrayList<>();
    final List<Write> durable = new ArrayList<>();
    final int[] commitsNoted;

    Run(int size) {
      commitsNoted = new int[size];
      for (int i = 0; i < size; i++) {
        replicas.add(new ModelReplica(new Replica("node" + (i + 1), 1)));
      }
    }

    void step(Step step) {
      ModelReplica replica = replicas.get(step.replica() % replicas.size());
      if (step instanceof Propose propose) {
        replica.propose(propose.mutations());
      } else if (step instanceof ReceiveAny receive && !durable.isEmpty()) {
        receive(replica, durable.get(receive.write() % durable.size()));
      } else if (step instanceof ReceiveNext receive) {
        receiveNext(replica, replicas.get(receive.origin() % replicas.size()).self);
      } else if (step instanceof Begin) {
        replica.begin();
      } else if (step instanceof Complete) {
        replica.complete();
        noteDurable();
      }
    }

    private void receive(ModelReplica replica, Write write) {
      if (!write.origin().equals(replica.self)) {
        replica.receive(write);
      }
    }

    private void receiveNext(ModelReplica replica, Replica origin) {
      long next = replica.buffer.received().get(origin) + 1;
      durable.stream()
          .filter(write -> write.origin().equals(origin) && write.dot().sequence() == next)
          .findFirst()
          .ifPresent(write -> receive(replica, write));
    }

    /** What a replica has committed of its own may be sent to the others from now on. */
    private void noteDurable() {
      for (int i = 0; i < commitsNoted.length; i++) {
        ModelReplica replica = replicas.get(i);
        for (; commitsNoted[i] < replica.commits.size(); commitsNoted[i]++) {
          replica.commits.get(commitsNoted[i]).writes().stream()
              .map(StagedWrite::write)
              .filter(write -> write.origin().equals(replica.self))
              .forEach(durable::add);
        }
      }
    }
  }
}
