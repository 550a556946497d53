package io.causa.simulation;

import io.causa.history.HistoryFile;
import io.causa.history.TextExport;
import io.causa.simulation.mutants.Mutant;
import io.causa.simulation.mutants.MutantHunt;
import io.causa.simulation.mutants.Mutants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/simulate}: whole clusters in one thread, and proof that it would notice a bug. */
@Command(
    name = "simulate",
    description =
        "Runs simulated clusters with faults and judges them; 0 if no promise was broken.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class SimulateCommand implements Callable<Integer> {

  private static final int DEFAULT_SEEDS = 1000;
  private static final int DEFAULT_MUTANT_SEEDS = 3000;

  @Option(names = "--seed", description = "Play this one seed.")
  private Long seed;

  @Option(names = "--seeds", description = "Play so many seeds (default 1000).")
  private Integer seeds;

  @Option(names = "--from", description = "Begin with this seed (default: a fresh one, printed).")
  private Long from;

  @Option(names = "--minutes", description = "Play seeds for so long.")
  private Long minutes;

  @Option(names = "--nodes", description = "Nodes in every run (default: drawn from the seed).")
  private Integer nodes;

  @Option(names = "--clients", description = "Clients in every run.")
  private Integer clients;

  @Option(names = "--operations", description = "Requests in every run.")
  private Integer operations;

  @Option(names = "--faults", description = "Only these faults, with commas; none for none.")
  private String faults;

  @Option(names = "--trace", description = "With --seed: print every step.")
  private boolean trace;

  @Option(names = "--history", description = "With --seed: write what clients saw, as JSON lines.")
  private Path history;

  @Option(
      names = "--export",
      description = "With --seed: write it as plain text for other checkers.")
  private Path export;

  @Option(names = "--mutants", description = "Hunt the mutants instead; 0 if all are caught.")
  private boolean mutants;

  @Option(names = "--mutant", description = "With --mutants: only those whose names contain this.")
  private String mutant = "";

  @Option(names = "--threads", description = "Runs at the same time (default: half the cores).")
  private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  public static void main(String[] args) {
    System.exit(new CommandLine(new SimulateCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (mutants) {
      return huntMutants();
    }
    return seed == null ? playMany() : playOne();
  }

  private int playOne() throws IOException {
    Run.Result result = Run.play(plan(seed), trace);
    if (history != null) {
      HistoryFile.write(history, result.history());
    }
    if (export != null) {
      TextExport.write(export, result.history());
    }
    result.trace().forEach(System.out::println);
    result.tally().print(System.out);
    System.out.printf(
        "seed %d: %s%n",
        seed, result.failure().map(f -> "FAILED, " + f.text()).orElse("all promises kept"));
    return result.failure().isPresent() ? 1 : 0;
  }

  private int playMany() throws InterruptedException {
    long first = from == null ? Math.abs(System.nanoTime()) % 1_000_000_000L * 1000 : from;
    System.out.println("seeds from " + first + " on, " + threads + " at a time");
    OptionalLong most =
        minutes == null
            ? OptionalLong.of(seeds == null ? DEFAULT_SEEDS : seeds)
            : OptionalLong.empty();
    long bound = minutes == null ? Long.MAX_VALUE : minutes * 60_000;
    Campaign campaign = new Campaign(first, most.orElse(Long.MAX_VALUE), bound, this::plan);
    boolean kept = campaign.play(threads);
    campaign.summary(System.out);
    return kept ? 0 : 1;
  }

  private Plan plan(long number) {
    Plan plan = Plan.of(number);
    plan = nodes == null ? plan : plan.withNodes(nodes);
    plan = clients == null ? plan : plan.withClients(clients);
    plan = operations == null ? plan : plan.withOperations(operations);
    return faults == null ? plan : plan.withFaults(chosenFaults());
  }

  private Set<Fault> chosenFaults() {
    return faults.equals("none")
        ? Set.of()
        : Arrays.stream(faults.split(",")).map(Fault::of).collect(Collectors.toSet());
  }

  private int huntMutants() throws IOException, InterruptedException {
    OptionalInt most = seeds == null ? OptionalInt.empty() : OptionalInt.of(seeds);
    List<Mutant> wanted = Mutants.all().stream().filter(m -> m.name().contains(mutant)).toList();
    MutantHunt hunt = new MutantHunt(from == null ? 1 : from, most.orElse(DEFAULT_MUTANT_SEEDS));
    System.out.printf("%-36s %6s  %-22s %s%n", "mutant", "seeds", "caught by", "seconds");
    List<MutantHunt.Catch> catches = hunt.hunt(wanted, threads, SimulateCommand::print);
    long missed = catches.stream().filter(c -> !c.isCaught()).count();
    System.out.printf("%d mutants, %d not caught%n", catches.size(), missed);
    return missed == 0 ? 0 : 1;
  }

  private static void print(MutantHunt.Catch caught) {
    System.out.printf(
        "%-36s %6s  %-22s %.1f%n",
        caught.mutant().name(),
        caught.isCaught() ? caught.seeds() : "-",
        caught.isCaught() ? caught.rule() : "NOT CAUGHT",
        caught.millis() / 1000.0);
  }
}
