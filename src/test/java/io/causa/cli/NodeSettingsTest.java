package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.causa.node.config.NodeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class NodeSettingsTest {

  @Command
  private static final class Holder {
    @Mixin NodeSettings settings = new NodeSettings();
  }

  @Test
  void everyFlagStandsForItsSetting() {
    NodeConfig config =
        parse(
                ("--id n7 --host localhost --port 6001 --data d --cluster-host 127.0.0.2"
                        + " --cluster-port 6002 --bus-port 6003 --join a:1,b:2 --cluster c --faults"
                        + " --set http.keyBytes=99")
                    .split(" "))
            .load(Map.of());
    assertThat(config.node()).isEqualTo(new NodeConfig.Node("n7", true, 10_000));
    assertThat(config.http().host()).isEqualTo("localhost");
    assertThat(config.http().port()).isEqualTo(6001);
    assertThat(config.http().keyBytes()).isEqualTo(99);
    assertThat(config.storage().directory()).isEqualTo("d");
    assertThat(config.cluster().host()).isEqualTo("127.0.0.2");
    assertThat(config.cluster().port()).isEqualTo(6002);
    assertThat(config.cluster().busPort()).isEqualTo(6003);
    assertThat(config.cluster().join()).isEqualTo(List.of("a:1", "b:2"));
    assertThat(config.cluster().name()).isEqualTo("c");
  }

  @Test
  void aFlagThatIsNotGivenLeavesTheSettingToTheEnvironment() {
    NodeConfig config = parse("--memory").load(Map.of("CAUSA_HTTP_PORT", "6001"));
    assertThat(config.http().port()).isEqualTo(6001);
    assertThat(config.storage().mode()).isEqualTo(NodeConfig.StorageMode.MEMORY);
  }

  @Test
  void aDirectoryThatWouldNotBeUsedIsRefused() {
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> parse("--data", "d", "--set", "storage.mode=memory").load(Map.of()))
        .withMessageContaining("--data d would not be used")
        .matches(failure -> failure.exitCode() == ExitCode.USAGE);
  }

  @Test
  void theOperatorsFileHoldsOverTheDefaultsUnlessAnotherOneIsNamed(@TempDir Path directory)
      throws Exception {
    Path operators = Files.writeString(directory.resolve("causa.yaml"), "http: {port: 7001}");
    Path own = Files.writeString(directory.resolve("own.yaml"), "http: {keyBytes: 77}");
    System.setProperty(NodeSettings.OPERATORS_FILE, operators.toString());
    try {
      assertThat(parse("--memory").load(Map.of()).http().port()).isEqualTo(7001);
      assertThat(parse("--port", "1").load(Map.of()).http().port()).isEqualTo(1);
      NodeConfig.Http http = parse("--config", own.toString()).load(Map.of()).http();
      assertThat(http.port()).isEqualTo(5001);
      assertThat(http.keyBytes()).isEqualTo(77);
      Files.writeString(operators, "http: {prot: 7001}");
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> parse("--memory").load(Map.of()))
          .withMessageContaining("there is no setting \"http.prot\"")
          .withMessageContaining("file " + operators);
    } finally {
      System.clearProperty(NodeSettings.OPERATORS_FILE);
    }
  }

  private static NodeSettings parse(String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.settings;
  }
}
