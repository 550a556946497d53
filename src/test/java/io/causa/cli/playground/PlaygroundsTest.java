package io.causa.cli.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.cli.playground.Control.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaygroundsTest {
  private static final Playground CLUSTER = SelectionTest.cluster("one", 5001, 5002);

  @TempDir Path home;
  private Playgrounds playgrounds;

  @BeforeEach
  void prepare() throws IOException {
    playgrounds = new Playgrounds(home.resolve("run"));
    playgrounds.prepare();
  }

  @Test
  void aClusterThatListensIsFoundAsItWasWritten() throws IOException {
    playgrounds.write(CLUSTER);
    try (ControlServer server = listen("one")) {
      assertThat(playgrounds.running()).containsExactly(CLUSTER);
      playgrounds.write(SelectionTest.cluster("one", 5001));
      assertThat(playgrounds.running()).containsExactly(SelectionTest.cluster("one", 5001));
      assertThat(server).isNotNull();
    }
  }

  @Test
  void whatAKilledClusterLeftIsRemoved() throws IOException {
    playgrounds.write(CLUSTER);
    Files.createFile(playgrounds.socket("one"));
    assertThat(playgrounds.running()).isEmpty();
    assertThat(left()).isZero();
  }

  @Test
  void aDamagedFileHidesNoOtherCluster() throws IOException {
    playgrounds.write(CLUSTER);
    Files.writeString(playgrounds.directory().resolve("broken.json"), "{\"name\":");
    try (ControlServer server = listen("one")) {
      assertThat(playgrounds.running()).containsExactly(CLUSTER);
      assertThat(left()).isEqualTo(2);
      assertThat(server).isNotNull();
    }
  }

  @Test
  void onlyTheOwnerCanEnter() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("run"))))
        .isEqualTo("rwx------");
  }

  @Test
  void whereNothingEverRanNothingIsFound() throws IOException {
    assertThat(new Playgrounds(home.resolve("nowhere")).running()).isEmpty();
  }

  @Test
  void theEnvironmentNamesTheDirectory() {
    assertThat(Playgrounds.ofThisUser(Map.of("CAUSA_RUN_DIR", "/x")).directory())
        .isEqualTo(Path.of("/x"));
    assertThat(Playgrounds.ofThisUser(Map.of()).directory().getFileName().toString())
        .startsWith("causa-");
  }

  @Test
  void aSocketThatIsTakenIsSaid() throws IOException {
    try (ControlServer server = listen("one")) {
      assertThatThrownBy(() -> listen("one")).isInstanceOf(IOException.class);
      assertThat(server).isNotNull();
    }
  }

  private ControlServer listen(String name) throws IOException {
    return ControlServer.open(name, playgrounds.socket(name), (request, say) -> Reply.done("ok"));
  }

  private long left() throws IOException {
    try (Stream<Path> files = Files.list(playgrounds.directory())) {
      return files.count();
    }
  }
}
