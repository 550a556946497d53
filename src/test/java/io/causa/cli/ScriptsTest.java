package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts beside {@code bin/causa}: they work from any directory and through links. */
class ScriptsTest {
  private static final String PRETENDED_JAVA =
      """
      #!/bin/sh
      pwd -P
      for argument in "$@"; do echo "[$argument]"; done
      """;

  @TempDir Path directory;
  private Path home;
  private Path elsewhere;
  private Path jdk;

  @BeforeEach
  void copyTheProject() throws IOException {
    home = Files.createDirectories(directory.resolve("a project")).toRealPath();
    elsewhere = Files.createDirectories(directory.resolve("else where")).toRealPath();
    jdk = directory.resolve("a jdk");
    script(jdk.resolve("bin/java"), PRETENDED_JAVA);
    for (String name : List.of("bin/simulate", "bin/bench", "bin/faults")) {
      script(home.resolve(name), Files.readString(Path.of(name)));
    }
    for (String part : List.of("network", "nodes", "cases")) {
      Path file = Path.of("src/test/faults", part + ".sh");
      script(home.resolve(file), Files.readString(file));
    }
    script(
        home.resolve("src/test/bench/mine"),
        "#!/bin/sh\n# What mine measures\npwd -P; echo \"$1\"\n");
  }

  @Test
  void theSimulatorRunsInTheDirectoryOfItsCaller() throws Exception {
    script(home.resolve("target/simulate.built"), "");
    List<String> out = run(home.resolve("bin/simulate"), "--history", "a history.jsonl");
    assertThat(out.get(0)).isEqualTo(elsewhere.toString());
    assertThat(out.get(2)).startsWith("[" + home + "/target/test-classes:" + home + "/target/");
    assertThat(out).endsWith("[--history]", "[a history.jsonl]");
  }

  @Test
  void theSimulatorIsBuiltInTheProject() throws Exception {
    script(
        directory.resolve("tools/mvn"),
        "#!/bin/sh\npwd -P > \"$0.ran\"\necho noise\nmkdir target\n");
    List<String> out = run(home.resolve("bin/simulate"));
    assertThat(out.get(0)).isEqualTo(elsewhere.toString());
    assertThat(directory.resolve("tools/mvn.ran")).hasContent(home.toString());
    assertThat(home.resolve("target/simulate.built")).exists();
  }

  @Test
  void linksLeadToTheProject() throws Exception {
    script(home.resolve("target/simulate.built"), "");
    assertThat(run(link("bin/simulate")).get(2)).startsWith("[" + home + "/target/test-classes:");
    assertThat(run(link("bin/bench"), "mine", "a b")).containsExactly(elsewhere.toString(), "a b");
    assertThat(run(link("bin/faults"), "--help")).anyMatch(line -> line.contains("partition"));
  }

  private Path link(String name) throws IOException {
    Path link = directory.resolve("link to " + Path.of(name).getFileName());
    return Files.createSymbolicLink(link, home.resolve(name));
  }

  private List<String> run(Path script, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("/bin/bash", script.toString()), Arrays.stream(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(elsewhere.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", directory.resolve("tools") + ":" + System.getenv("PATH"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    List<String> out = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertThat(process.waitFor()).isZero();
    return out;
  }

  private static void script(Path path, String content) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }
}
