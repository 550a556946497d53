package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/causa} with a real Java and a jar of one class: what the JVM itself has to say. */
class LauncherOnRealJavaTest {
  @TempDir Path directory;
  private Path home;

  /** The one class of the jar. */
  public static final class Answer {
    private Answer() {}

    public static void main(String[] arguments) {
      System.out.print("answer");
    }
  }

  /** What one run of the script said. */
  private record Run(String out, String err) {}

  @BeforeEach
  void installWithoutSources() throws IOException {
    home = directory.resolve("an installation");
    Path script = home.resolve("bin/causa");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of("bin/causa"), script);
    Files.createDirectories(home.resolve("target/lib"));
    writeJar(home.resolve("target/causa.jar"));
    writeJar(home.resolve("target/lib/library.jar"));
  }

  @Test
  void aCopyAnswersWithoutAWordAndMakesAnArchiveOfItsOwn() throws Exception {
    assertThat(causa("node").err()).contains("preparing a fast start");
    assertThat(causa("get")).isEqualTo(new Run("answer", ""));
    home = copyOf(home, directory.resolve("a copy"));

    assertThat(causa("get")).isEqualTo(new Run("answer", ""));
    assertThat(causa("node").err()).contains("preparing a fast start");
    assertThat(causa("node")).isEqualTo(new Run("answer", ""));
  }

  @Test
  void anArchiveThatTheJvmRefusesIsNotWorthAWord() throws Exception {
    causa("node");
    Path archive = theArchive();
    assertThat(archive.toFile().delete()).isTrue();
    Files.writeString(archive, "this is no archive");

    assertThat(causa("get")).isEqualTo(new Run("answer", ""));
    assertThat(causa("node")).isEqualTo(new Run("answer", ""));
  }

  /** With the times of the files, as {@code cp -a} makes it. */
  private static Path copyOf(Path original, Path copy) throws Exception {
    ProcessBuilder command = new ProcessBuilder("cp", "-Rp", "" + original, "" + copy);
    assertThat(command.inheritIO().start().waitFor()).isZero();
    return copy;
  }

  private Path theArchive() throws IOException {
    try (var files = Files.list(home.resolve("target"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).findFirst().orElseThrow();
    }
  }

  private Run causa(String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", home.resolve("bin/causa").toString(), command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .keySet()
        .removeAll(List.of("CAUSA_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Path err = Files.createTempFile(directory, "err", "");
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(out, Files.readString(err));
  }

  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Answer.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/library.jar");
    String entry = Answer.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream bytes = Answer.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      bytes.transferTo(out);
      out.closeEntry();
    }
  }
}
