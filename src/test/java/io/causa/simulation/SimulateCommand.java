package io.causa.simulation;

/** Try. */
public final class SimulateCommand {
  private SimulateCommand() {}

  public static void main(String[] args) {
    long from = Long.parseLong(args[0]);
    long n = Long.parseLong(args[1]);
    boolean trace = args.length > 2;
    Tally tally = new Tally();
    long t0 = System.nanoTime();
    long steps = 0;
    int failed = 0;
    java.util.Map<String, Integer> rules = new java.util.TreeMap<>();
    for (long seed = from; seed < from + n; seed++) {
      long s0 = System.nanoTime();
      Run.Result r = Run.play(Plan.of(seed), trace);
      steps += r.steps();
      tally.addAll(r.tally());
      if (trace) r.trace().forEach(System.out::println);
      if (r.failure().isPresent()) {
        failed++;
        rules.merge(r.failure().get().rule(), 1, Integer::sum);
        if (failed < 12) System.out.println(seed + " " + r.plan() + " " + r.failure().get().text());
      }
      if (System.nanoTime() - s0 > 1e9)
        System.out.println(
            seed + " slow " + (System.nanoTime() - s0) / 1e9 + " " + r.plan() + r.steps());
    }
    double s = (System.nanoTime() - t0) / 1e9;
    System.out.println(tally.counts());
    System.out.println(rules);
    System.out.printf("%d seeds, %d failed, %.1f s, %d steps%n", n, failed, s, steps);
  }
}
