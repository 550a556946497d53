package io.causa.simulation.mutants;

import io.causa.simulation.SeedSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the simulation against each mutant, several at a time. */
public final class MutantHunt {

  /**
   * What became of one mutant.
   *
   * @param seeds after how many seeds it was caught; 0 if it was not
   * @param rule the promise that it broke; empty if it was not caught
   */
  public record Catch(Mutant mutant, int seeds, String rule, long millis) {
    public boolean isCaught() {
      return seeds > 0;
    }
  }

  private final long firstSeed;
  private final int mostSeeds;

  /**
   * @param mostSeeds after how many seeds a mutant counts as not caught
   */
  public MutantHunt(long firstSeed, int mostSeeds) {
    this.firstSeed = firstSeed;
    this.mostSeeds = mostSeeds;
  }

  /** Hunts all; reports each as soon as it is caught, in the order given. */
  public List<Catch> hunt(List<Mutant> mutants, int threads, Consumer<Catch> report)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("causa-mutants");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Catch>> hunts = new ArrayList<>();
      mutants.forEach(
          mutant -> hunts.add(pool.submit(() -> hunt(mutant, directory.resolve(mutant.name())))));
      List<Catch> catches = new ArrayList<>();
      for (Future<Catch> hunt : hunts) {
        catches.add(await(hunt));
        report.accept(catches.get(catches.size() - 1));
      }
      return catches;
    } finally {
      pool.shutdownNow();
      delete(directory);
    }
  }

  private static Catch await(Future<Catch> hunt) throws InterruptedException {
    try {
      return hunt.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  private Catch hunt(Mutant mutant, Path directory)
      throws IOException, ReflectiveOperationException {
    long startNanos = System.nanoTime();
    try (MutantClasses classes = MutantClasses.compile(mutant, directory)) {
      String[] found =
          (String[])
              classes
                  .loadClass(SeedSearch.class.getName())
                  .getMethod("firstFailure", long.class, int.class)
                  .invoke(null, firstSeed, mostSeeds);
      long millis = (System.nanoTime() - startNanos) / 1_000_000;
      return found.length == 0
          ? new Catch(mutant, 0, "", millis)
          : new Catch(mutant, Integer.parseInt(found[0]), found[1], millis);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
