package io.causa.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigLoaderTest {
  @TempDir Path directory;

  @Test
  void withoutAnythingThePackagedDefaultsHold() {
    NodeConfig config = NodeConfigLoader.defaults();

    assertThat(config.node()).isEqualTo(new NodeConfig.Node("node1", false, 10_000));
    assertThat(config.http().port()).isEqualTo(5001);
    assertThat(config.storage().mode()).isEqualTo(NodeConfig.StorageMode.FSYNC);
    assertThat(config.cluster().join()).isEmpty();
  }

  @Test
  void aFlagStandsOverAVariableOverTheFileOverTheDefaults() throws IOException {
    Path file = file("http: {port: 1, keyBytes: 11, pageKeys: 111}");
    Map<String, String> environment =
        Map.of("CAUSA_HTTP_PORT", "2", "CAUSA_HTTP_KEY_BYTES", "22", "PATH", "/bin");

    NodeConfig.Http http =
        NodeConfigLoader.load(Map.of("http.port", "3"), environment, Optional.of(file)).http();

    assertThat(http.port()).isEqualTo(3);
    assertThat(http.keyBytes()).isEqualTo(22);
    assertThat(http.pageKeys()).isEqualTo(111);
    assertThat(http.valueBytes()).isEqualTo(1048576);
  }

  @Test
  void listsAreSeparatedByCommasInVariablesAndAreYamlListsInFiles() throws IOException {
    Path file = file("cluster:\n  join: [one:5701, \"two:5702\"]\n");

    assertThat(load(file).cluster().contacts())
        .containsExactly(new Endpoint("one", 5701), new Endpoint("two", 5702));
    assertThat(withVariable("CAUSA_CLUSTER_JOIN", "one:5701, two").cluster().contacts())
        .containsExactly(new Endpoint("one", 5701), new Endpoint("two", 5701));
    assertThat(withVariable("CAUSA_CLUSTER_JOIN", "").cluster().contacts()).isEmpty();
  }

  @Test
  void enumerationsAndBooleansAreWrittenInLowerCase() {
    assertThat(withFlag("storage.mode", "memory").storage().mode())
        .isEqualTo(NodeConfig.StorageMode.MEMORY);
    assertThat(withFlag("node.faults", "true").node().faults()).isTrue();
    assertThatThrownBy(() -> withFlag("storage.mode", "disk"))
        .hasMessage(
            "storage.mode is \"disk\", expected is one of memory, buffered, fsync (from the command line)");
    assertThatThrownBy(() -> withFlag("node.faults", "yes"))
        .hasMessageContaining("node.faults is \"yes\", expected is true or false");
  }

  @Test
  void anUnknownKeyInTheFileIsRefusedWithTheNearestOne() throws IOException {
    Path file = file("replication: {windowByte: 5}");

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "there is no setting \"replication.windowByte\", did you mean \"replication.windowBytes\"? (from file "
                + file
                + ")");
  }

  @Test
  void aKeyWithoutItsSectionIsRecognised() {
    assertThatThrownBy(() -> withFlag("windowBytes", "1"))
        .hasMessageContaining("did you mean \"replication.windowBytes\"?");
  }

  @Test
  void anUnknownVariableChangesNothing() {
    assertThat(withVariable("CAUSA_HTTP_PROT", "5002")).isEqualTo(NodeConfigLoader.defaults());
    assertThat(withVariable("CAUSA_PORT", "tcp://10.0.0.1:5001"))
        .isEqualTo(NodeConfigLoader.defaults());
  }

  @Test
  void anAddressOfKubernetesInAVariableOfASettingSaysHowToAvoidIt() {
    assertThatThrownBy(() -> withVariable("CAUSA_CLUSTER_BUS_PORT", "tcp://10.0.0.1:5001"))
        .hasMessageStartingWith("cluster.busPort is \"tcp://10.0.0.1:5001\", expected is a whole")
        .hasMessageEndingWith(
            "(from environment variable CAUSA_CLUSTER_BUS_PORT, which Kubernetes sets for a service"
                + " \"causa-cluster-bus\"; enableServiceLinks: false in the pod's spec prevents that)");
    Map<String, String> environment = Map.of("CAUSA_HTTP_PORT", "tcp://10.0.0.1:5001");
    assertThat(NodeConfigLoader.load(Map.of("http.port", "3"), environment, Optional.empty()))
        .isEqualTo(withFlag("http.port", "3"));
  }

  @Test
  void theVariablesOfTheStartScriptAreLeftAlone() {
    assertThat(withVariable("CAUSA_JAVA_OPTS", "-Xmx1g")).isEqualTo(NodeConfigLoader.defaults());
    assertThat(withVariable("CAUSA_HOME", "/opt/causa")).isEqualTo(NodeConfigLoader.defaults());
  }

  @Test
  void everyKeyHasItsOwnVariable() {
    assertThat(KnownKeys.variable("replication.windowBytes"))
        .isEqualTo("CAUSA_REPLICATION_WINDOW_BYTES");
    assertThat(KnownKeys.all().stream().map(KnownKeys::variable)).doesNotHaveDuplicates();
    assertThat(KnownKeys.all())
        .allSatisfy(key -> assertThat(KnownKeys.keyOf(KnownKeys.variable(key))).contains(key));
  }

  @Test
  void aValueOutOfBoundsNamesKeyValueBoundsAndSource() {
    assertThatThrownBy(() -> withVariable("CAUSA_HTTP_PORT", "70000"))
        .hasMessage(
            "http.port is 70000, allowed is 0..65535 (from environment variable CAUSA_HTTP_PORT)");
  }

  @Test
  void aValueOfTheWrongTypeNamesKeyValueAndSource() throws IOException {
    Path file = file("buffer:\n  writes: many\n");

    assertThatThrownBy(() -> load(file))
        .hasMessageContaining(
            "buffer.writes is \"many\", expected is a whole number; conf/causa.yaml has its bounds")
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> withFlag("http.port", "99999999999"))
        .hasMessageContaining("http.port is \"99999999999\"");
  }

  @Test
  void anEmptyFileAndAnEmptySectionChangeNothing() throws IOException {
    assertThat(load(file(""))).isEqualTo(NodeConfigLoader.defaults());
    assertThat(load(file("http:\n"))).isEqualTo(NodeConfigLoader.defaults());
  }

  @Test
  void aKeyWithoutAValueIsRefused() throws IOException {
    Path file = file("http:\n  port:\n");

    assertThatThrownBy(() -> load(file)).hasMessageContaining("http.port has no value");
  }

  @Test
  void anUnknownSectionIsRefusedEvenWhenEmpty() throws IOException {
    Path file = file("htp:\n");

    assertThatThrownBy(() -> load(file)).hasMessageContaining("there is no setting \"htp\"");
  }

  @Test
  void aKeyGivenTwiceIsRefused() throws IOException {
    Path file = file("http:\n  port: 1\n  port: 2\n");

    assertThatThrownBy(() -> load(file)).hasMessageContaining("port");
  }

  @Test
  void aKeyGivenInTwoWaysIsRefused() throws IOException {
    Path file = file("http.port: 5001\nhttp: {port: 5002}\n");

    assertThatThrownBy(() -> load(file)).hasMessageContaining("http.port is given twice");
  }

  /** YAML takes `no` for false, and 010 for 8: so two nodes could get one name. */
  @Test
  void aValueIsTheTextThatWasWritten() throws IOException {
    assertThat(load(file("node: {id: no}")).node().id()).isEqualTo("no");
    assertThat(load(file("node: {id: 010}")).node().id()).isEqualTo("010");
    assertThat(load(file("http: {port: 010}")).http().port()).isEqualTo(10);
    assertThat(load(file("node: {faults: true}")).node().faults()).isTrue();
    for (String number : List.of("0x1389", "5_001", "5001.0", "1e3", "yes", "[]", "[1, 2]")) {
      Path file = file("http: {port: %s}".formatted(number));
      assertThatThrownBy(() -> load(file)).as(number).isInstanceOf(ConfigException.class);
    }
  }

  /** It would be read as its own name. */
  @Test
  void anAliasIsRefused() throws IOException {
    Path value = file("cluster: {host: &here 127.0.0.1, publicHost: *here}");
    Path list = file("cluster: {host: &here 127.0.0.1, join: [*here]}");
    Path merge = file("http: &h {port: 1}\ncluster:\n  <<: *h\n");

    assertThatThrownBy(() -> load(value))
        .hasMessageContaining("cluster.publicHost is the alias *here")
        .hasMessageContaining(value.toString());
    assertThatThrownBy(() -> load(list)).hasMessageContaining("cluster.join is the alias *here");
    assertThatThrownBy(() -> load(merge)).hasMessageContaining("is the alias *h");
  }

  @Test
  void aSecondDocumentIsRefused() throws IOException {
    Path file = file("http: {port: 5001}\n---\nhttp: {port: 5002}\n");

    assertThatThrownBy(() -> load(file)).hasMessageContaining("there is a second document");
  }

  @Test
  void aPathThatCannotBeIsRefused() throws IOException {
    for (String setting : List.of("directory", "backupDirectory")) {
      Path file = file("storage: {%s: \"a\\0b\"}".formatted(setting));
      assertThatThrownBy(() -> load(file))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("storage." + setting + " is \"a\0b\", which is no path here");
    }
  }

  @Test
  void aFileThatIsNotYamlNamesTheLine() throws IOException {
    Path file = file("http:\n  port: [1\n");

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line ");
  }

  @Test
  void aFileThatIsNoMappingIsRefused() throws IOException {
    Path file = file("just words");

    assertThatThrownBy(() -> load(file)).hasMessageContaining("expected is a mapping");
  }

  @Test
  void aFileThatDoesNotExistIsNamed() {
    Path file = directory.resolve("absent.yaml");

    assertThatThrownBy(() -> load(file)).hasMessageContaining(file.toString());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "causa", ".yaml"), text);
  }

  private static NodeConfig load(Path file) {
    return NodeConfigLoader.load(Map.of(), Map.of(), Optional.of(file));
  }

  private static NodeConfig withVariable(String name, String text) {
    return NodeConfigLoader.load(Map.of(), Map.of(name, text), Optional.empty());
  }

  private static NodeConfig withFlag(String key, String text) {
    return NodeConfigLoader.load(Map.of(key, text), Map.of(), Optional.empty());
  }
}
