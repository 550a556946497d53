package io.causa.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs one of the scripts in src/test/bench, which measure more and tell more when run alone. */
final class Script {

  private Script() {}

  /** Returns what it prints. Its temporary files lie with those of the suite. */
  static String run(Lab lab, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(lab.home().resolve("src/test/bench").resolve(name).toString());
    command.addAll(List.of(arguments));
    Map<String, String> variables =
        Map.of("TMPDIR", lab.scratch().toString(), "JAVA_HOME", Lab.jdk().toString());
    return lab.run(name, variables, command);
  }
}
