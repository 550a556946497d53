package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/causa}, in a copy of the project with a Java and a Maven that only pretend. */
class LauncherTest {
  private static final String PRETENDED_MAVEN =
      """
      #!/bin/sh
      echo build >> builds
      [ -f slow ] && sleep 1
      [ -f broken ] && { echo 'a compiler error'; exit 1; }
      mkdir -p target && touch target/causa.jar
      """;

  private static final String PRETENDED_JAVA =
      """
      #!/bin/sh
      for argument in "$@"; do
        echo "[$argument]"
        case "$argument" in
          -XX:ArchiveClassesAtExit=*) echo archive > "${argument#*=}"; echo made >> archives ;;
        esac
      done
      """;

  @TempDir Path directory;
  private Path home;
  private Path tools;
  private Path jdk;

  /** What one run of the script said. */
  private record Run(int exitCode, String out, String err) {}

  @BeforeEach
  void copyTheProject() throws IOException {
    home = Files.createDirectories(directory.resolve("a project"));
    tools = Files.createDirectories(directory.resolve("tools"));
    jdk = directory.resolve("a jdk");
    script(jdk.resolve("bin/java"), PRETENDED_JAVA);
    script(jdk.resolve("bin/javac"), PRETENDED_JAVA);
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
    script(tools.resolve("mvn"), PRETENDED_MAVEN);
    script(home.resolve("bin/causa"), Files.readString(Path.of("bin/causa")));
    file("pom.xml", "<project/>");
    file("conf/causa.yaml", "");
    file("conf/jvm.options", "# heap\n-Xmx1g\n");
    file("src/main/java/A.java", "class A {}");
  }

  @Test
  void theFirstUseBuildsAndTheSecondDoesNot() throws Exception {
    Run first = causa("status");
    assertThat(first.err()).contains("first use; building").contains("built in");
    assertThat(first.exitCode()).isZero();
    assertThat(causa("status").err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aNewerSourceBuildsAgain() throws Exception {
    causa("status");
    makeNewer("src/main/java/A.java");
    assertThat(causa("status").err()).contains("the sources have changed");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void anythingElseThatIsNewerDoesNotBuildAgain() throws Exception {
    causa("status");
    makeNewer("conf/jvm.options");
    makeNewer("conf/causa.yaml");
    causa("status");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void twoAtTheSameTimeBuildOnce() throws Exception {
    file("slow", "");
    Process one = start("status");
    Process other = start("status");
    assertThat(finish(one).exitCode()).isZero();
    assertThat(finish(other).exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aLockWhoseOwnerIsGoneDoesNotHinder() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    file("target/causa.build-lock/pid", gone.pid() + "\n");
    assertThat(causa("status").exitCode()).isZero();
    assertThat(home.resolve("target/causa.build-lock")).doesNotExist();
  }

  @Test
  void aFailedBuildEndsItAndLeavesNoLock() throws Exception {
    file("broken", "");
    Run run = causa("status");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NODE_FAILED);
    assertThat(run.err()).contains("a compiler error").contains("the build failed");
    assertThat(run.out()).isEmpty();
    assertThat(home.resolve("target/causa.build-lock")).doesNotExist();
  }

  @Test
  void argumentsArriveAsTheyWere() throws Exception {
    Run run = causa("put", "a key", "*", "");
    assertThat(run.out()).endsWith("[put]\n[a key]\n[*]\n[]\n");
  }

  @Test
  void onlyANodeGetsTheFlagsOfNodes() throws Exception {
    assertThat(causa("node", "--id", "n1").out()).contains("[@" + home.toRealPath() + "/conf/jvm");
    assertThat(causa("--node", "http://localhost:1", "get", "node").out()).doesNotContain("[@");
  }

  @Test
  void onlyANodeReadsTheOperatorsFileAndOnlyIfItIsThere() throws Exception {
    String file = "[-Dcausa.config=" + home.toRealPath() + "/conf/causa.yaml]";
    assertThat(causa("node").out()).contains(file);
    assertThat(causa("node", "--config", "mine.yaml").out()).endsWith("[--config]\n[mine.yaml]\n");
    for (String command : List.of("cluster", "demo", "torture", "status")) {
      assertThat(causa(command).out()).doesNotContain("causa.config");
    }
    Files.delete(home.resolve("conf/causa.yaml"));
    assertThat(causa("node").out()).doesNotContain("causa.config");
  }

  @Test
  void aCollectorOfTheUserReplacesThatOfTheShortCommands() throws Exception {
    assertThat(causa("status").out()).contains("[-XX:+UseSerialGC]");
    Run own = with("CAUSA_JAVA_OPTS", "-XX:+UseG1GC", "status");
    assertThat(own.out()).contains("[-XX:+UseG1GC]").doesNotContain("UseSerialGC");
    assertThat(with("JAVA_TOOL_OPTIONS", "-Xmx1g -XX:+UseZGC", "status").out())
        .doesNotContain("UseSerialGC");
    assertThat(with("JDK_JAVA_OPTIONS", "-XX:+UseParallelGC", "status").out())
        .doesNotContain("UseSerialGC");
  }

  @Test
  void aCollectorOfTheUserReplacesThatOfTheOptionsFile() throws Exception {
    file("conf/jvm.options", "# a comment\n-XX:+UseG1GC\n");
    assertThat(causa("node").out()).doesNotContain("[-XX:-UseG1GC]");
    assertThat(with("CAUSA_JAVA_OPTS", "-XX:+UseZGC", "node").out())
        .containsSubsequence("/conf/jvm.options]", "[-XX:-UseG1GC]", "[-XX:+UseZGC]");
  }

  @Test
  void aCompilerOfTheUserReplacesThatOfTheShortCommands() throws Exception {
    assertThat(causa("status").out()).contains("[-XX:TieredStopAtLevel=1]");
    for (String flag : List.of("-XX:TieredStopAtLevel=4", "-XX:-TieredCompilation", "-Xint")) {
      assertThat(with("CAUSA_JAVA_OPTS", flag, "status").out())
          .contains("[" + flag + "]")
          .doesNotContain("[-XX:TieredStopAtLevel=1]");
    }
  }

  @Test
  void theUsersFlagsComeLastAndMayHoldSpacesInQuotes() throws Exception {
    Run run =
        with("CAUSA_JAVA_OPTS", " \"-Xmx2g\"  '-Dx=a b' -Dy=\"c 'd\"e -Dz=* -De=''", "status");
    assertThat(run.out())
        .containsSubsequence(
            "[-XX:+UseSerialGC]\n", "[-Xmx2g]\n[-Dx=a b]\n[-Dy=c 'de]\n[-Dz=*]\n[-De=]\n[-jar]\n");
  }

  @Test
  void aQuoteThatIsNotClosedIsSaid() throws Exception {
    Run run = with("CAUSA_JAVA_OPTS", "-Dx='a b", "status");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NODE_FAILED);
    assertThat(run.err()).contains("a ' is not closed").contains("-Dx='a b");
  }

  @Test
  void theJvmSaysNothingOnTheStandardOutput() throws Exception {
    for (String command : List.of("status", "get", "node", "cluster", "demo")) {
      assertThat(causa(command).out()).startsWith("[-Xlog:disable]\n[-Xlog:all=warning:stderr]\n");
    }
  }

  @Test
  void onlyWhatStartsNodesMakesAnArchiveAndOnlyOnce() throws Exception {
    assertThat(causa("status").out()).doesNotContain("SharedArchiveFile");
    assertThat(archives()).isZero();
    Run first = causa("cluster");
    assertThat(first.err()).contains("preparing a fast start");
    assertThat(first.out()).contains("[-XX:SharedArchiveFile=").contains("[-Dcausa.archive=");
    assertThat(causa("node").err()).isEmpty();
    assertThat(causa("status").out()).contains("[-XX:SharedArchiveFile=");
    assertThat(archives()).isEqualTo(1);
  }

  @Test
  void anArchiveThatDoesNotFitIsNotUsedAndIsMadeAgain() throws Exception {
    file("target/lib/a.jar", "1");
    causa("node");
    file("target/lib/a.jar", "22");
    requireNewArchive();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.9\"\nIMPLEMENTOR=\"B\"\n");
    requireNewArchive();
    file("conf/jvm.options", "-XX:+UseZGC\n");
    requireNewArchive();
    home = Files.move(home, directory.resolve("moved"));
    requireNewArchive();
  }

  @Test
  void anotherLayoutOfObjectsHasAnArchiveOfItsOwn() throws Exception {
    causa("node");
    assertThat(with("CAUSA_JAVA_OPTS", "-XX:+UseG1GC -Xmx1g", "node").err()).isEmpty();
    assertThat(with("CAUSA_JAVA_OPTS", "-XX:+UseZGC", "node").err()).contains("preparing");
    assertThat(with("CAUSA_JAVA_OPTS", "-XX:+UseZGC", "node").err()).isEmpty();
    assertThat(causa("node").err()).isEmpty();
    assertThat(with("CAUSA_JAVA_OPTS", "-XX:+UseZGC", "cluster").err()).isEmpty();
  }

  @Test
  void anArchiveOfTheUsersIsTheOnlyOne() throws Exception {
    causa("node");
    assertThat(with("CAUSA_JAVA_OPTS", "-XX:SharedArchiveFile=/own", "node").out())
        .containsOnlyOnce("[-XX:SharedArchiveFile=");
    assertThat(with("CAUSA_JAVA_OPTS", "-Xshare:off", "node").out())
        .doesNotContain("[-XX:SharedArchiveFile=");
  }

  @Test
  void aPathForChangesOfDirectoryDoesNotHinder() throws Exception {
    ProcessBuilder builder = command(Path.of("bin/causa"), "status").directory(home.toFile());
    builder.environment().put("CDPATH", ".:/");
    assertThat(finish(builder.start()).out())
        .contains("[" + home.toRealPath() + "/target/causa.jar]");
  }

  @Test
  void itWorksThroughSymbolicLinksFromElsewhere() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("c"), Path.of("a project/bin/causa"));
    Path linked = Files.createSymbolicLink(tools.resolve("causa"), link);
    Run run = finish(command(linked, "status").directory(tools.toFile()).start());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("[" + home.toRealPath() + "/target/causa.jar]");
  }

  @Test
  void aJavaThatIsTooOldIsNamed() throws Exception {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Run run = causa("status");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NODE_FAILED);
    assertThat(run.err()).contains("is Java 11.0.2").contains("needs 17 or newer");
  }

  @Test
  void aMissingJavaIsSaid() throws Exception {
    ProcessBuilder builder = command(home.resolve("bin/causa"), "status");
    builder.environment().put("JAVA_HOME", directory.resolve("nowhere").toString());
    Run run = finish(builder.start());
    assertThat(run.err()).contains("there is no bin/java in it").contains("JDK 17 or newer");
  }

  @Test
  void aMissingMavenIsSaid() throws Exception {
    ProcessBuilder builder = command(home.resolve("bin/causa"), "status");
    builder.environment().put("PATH", withoutMaven());
    Run run = finish(builder.start());
    assertThat(run.err()).contains("no Maven found");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NODE_FAILED);
  }

  private Run causa(String... arguments) throws Exception {
    return finish(start(arguments));
  }

  private Run with(String variable, String value, String... arguments) throws Exception {
    ProcessBuilder builder = command(home.resolve("bin/causa"), arguments);
    builder.environment().put(variable, value);
    return finish(builder.start());
  }

  private void requireNewArchive() throws Exception {
    assertThat(causa("status").out()).doesNotContain("SharedArchiveFile");
    assertThat(causa("node").err()).contains("preparing a fast start");
    assertThat(causa("node").err()).isEmpty();
    assertThat(causa("status").out()).contains("[-XX:SharedArchiveFile=" + home.toRealPath());
  }

  private Process start(String... arguments) throws IOException {
    return command(home.resolve("bin/causa"), arguments).start();
  }

  private ProcessBuilder command(Path script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("/bin/bash", script.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", tools + ":" + System.getenv("PATH"));
    environment
        .keySet()
        .removeAll(List.of("CAUSA_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder;
  }

  /** A path with the usual tools, but nothing else. */
  private String withoutMaven() throws IOException {
    Path few = directory.resolve("few tools");
    for (String tool :
        List.of("cat", "dirname", "stat", "uname", "find", "head", "mkdir", "mv", "rm", "sed")) {
      script(few.resolve(tool), "#!/bin/sh\nPATH=/bin:/usr/bin exec " + tool + " \"$@\"\n");
    }
    return few.toString();
  }

  private static Run finish(Process process) throws Exception {
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes()),
        new String(process.getErrorStream().readAllBytes()));
  }

  private int builds() throws IOException {
    return Files.readAllLines(home.resolve("builds")).size();
  }

  private int archives() throws IOException {
    Path made = directory.resolve("archives"); // the scripts run there
    return Files.exists(made) ? Files.readAllLines(made).size() : 0;
  }

  private void file(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void makeNewer(String name) throws IOException {
    FileTime built = Files.getLastModifiedTime(home.resolve("target/causa.jar"));
    FileTime later = FileTime.fromMillis(built.toMillis() + 2000);
    Files.setLastModifiedTime(home.resolve(name), later);
  }

  private static void script(Path path, String content) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }
}
