package io.causa.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "Node1", "node_1", "node~1", "node.1", "n234567890123456789012345678901234"})
  void aReplicaNameOutsideTheAlphabetIsRefused(String id) {
    assertThatThrownBy(() -> new NodeConfig.Node(id, false, 10_000))
        .hasMessage("node.id is \"%s\", allowed is [a-z0-9-]{1,32}", id);
  }

  @Test
  void theLongestWaitMustAllowTheUsualOne() {
    assertThatThrownBy(() -> with(Map.of("http.waitMillis", "5000", "http.maxWaitMillis", "4999")))
        .hasMessageContaining(
            "http.maxWaitMillis is 4999, it must not be below http.waitMillis, which is 5000");
  }

  @Test
  void aBatchMustFitTheWindow() {
    assertThatThrownBy(() -> with(Map.of("replication.windowBytes", "65535")))
        .hasMessageContaining("it must not be below replication.batchBytes, which is 65536");
  }

  @Test
  void aPeerIsNotSilentBetweenTwoDigests() {
    assertThatThrownBy(() -> with(Map.of("replication.silentAfterMillis", "499")))
        .hasMessageContaining("it must not be below replication.digestIntervalMillis");
  }

  @Test
  void aMemberIsNotSilentBetweenTwoHeartbeats() {
    assertThatThrownBy(
            () -> with(Map.of("cluster.silentMemberSeconds", "2", "cluster.heartbeatSeconds", "2")))
        .hasMessageContaining("it must be above cluster.heartbeatSeconds, which is 2");
  }

  @Test
  void durableStorageNeedsADirectory() {
    assertThatThrownBy(() -> with(Map.of("storage.directory", "")))
        .hasMessageContaining("storage.directory is empty");
    assertThat(with(Map.of("storage.directory", "", "storage.mode", "memory")).storage().mode())
        .isEqualTo(NodeConfig.StorageMode.MEMORY);
  }

  @Test
  void nobodyIsSentToEveryInterface() {
    assertThat(exposed("http.host", "10.0.0.7").httpUrl()).isEqualTo("http://10.0.0.7:5001");
    assertThat(exposed("http.host", "0.0.0.0", "cluster.host", "a").httpUrl())
        .isEqualTo("http://a:5001");
    assertThat(exposed("http.host", "10.0.0.7", "cluster.publicHost", "a.example").httpUrl())
        .isEqualTo("http://a.example:5001");
    assertThat(with(Map.of("http.host", "::1")).httpUrl()).isEqualTo("http://[::1]:5001");
  }

  private static NodeConfig exposed(String... settings) {
    Map<String, String> flags = new HashMap<>(Map.of("access.insecure", "true"));
    for (int i = 0; i < settings.length; i += 2) {
      flags.put(settings[i], settings[i + 1]);
    }
    return with(flags);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "node1", "my-laptop"})
  void aNodeThatOthersReachAsksWhoTheyAreUnlessItIsToldNotTo(String host) {
    assertThatThrownBy(() -> with(Map.of("http.host", host, "cluster.publicHost", "a")))
        .hasMessageContaining("http.host is " + host)
        .hasMessageContaining("access.tokens")
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("--insecure")
        .hasMessageContaining("(from the command line)");

    assertThat(with(Map.of("http.host", host, "access.tokens", "t.yaml")).http().host())
        .isEqualTo(host);
    assertThat(exposed("http.host", host).access().insecure()).isTrue();
  }

  @Test
  void encryptionNeedsItsFilesTogetherAndGrantsForItsClients() {
    Map<String, String> both = Map.of("tls.certificate", "c", "tls.key", "k");

    assertThat(with(both).httpUrl()).isEqualTo("https://127.0.0.1:5001");
    assertThatThrownBy(() -> with(Map.of("tls.certificate", "c"))).hasMessageContaining("tls.key");
    assertThatThrownBy(() -> with(Map.of("tls.key", "k"))).hasMessageContaining("tls.certificate");
    assertThatThrownBy(() -> with(Map.of("tls.clients", "a"))).hasMessageContaining("tls.clients");
    Map<String, String> clients = new HashMap<>(both);
    clients.put("tls.clients", "a");
    assertThatThrownBy(() -> with(clients)).hasMessageContaining("access.tokens");
    clients.put("access.tokens", "t");
    assertThat(with(clients).tls().isOn()).isTrue();
  }

  @Test
  void administrationIsApartWhereOthersReachTheDataUnlessItIsToldTheSameAddress() {
    assertThat(with(Map.of()).adminIsApart()).isFalse();
    assertThat(exposed("http.host", "10.0.0.7").adminIsApart()).isTrue();
    assertThat(exposed("http.host", "10.0.0.7", "admin.host", "10.0.0.7").adminIsApart()).isTrue();
    assertThat(
            exposed("http.host", "10.0.0.7", "admin.host", "10.0.0.7", "admin.port", "5001")
                .adminIsApart())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "::1"})
  void aNodeThatOnlyThisMachineReachesNeedsNothing(String host) {
    assertThat(with(Map.of("http.host", host)).access().isProtected()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "null", "app.example", "https://app.example/", "ftp://a"})
  void whatIsNoOriginIsRefused(String origin) {
    assertThatThrownBy(() -> with(Map.of("access.origins", "https://ok.example," + origin)))
        .hasMessageContaining("access.origins contains \"%s\"".formatted(origin));
  }

  @Test
  void theBusIsBoundWhereHazelcastIsUnlessToldOtherwise() {
    NodeConfig.Cluster same = with(Map.of("cluster.host", "10.0.0.7")).cluster();
    NodeConfig.Cluster own =
        with(Map.of("cluster.host", "10.0.0.7", "cluster.busHost", "10.1.0.7")).cluster();

    assertThat(same.busHost()).isEqualTo("10.0.0.7");
    assertThat(same.busPublicHost()).isEqualTo("10.0.0.7");
    assertThat(own.busPublicHost()).isEqualTo("10.1.0.7");
    assertThat(own.publicEndpoint()).isEqualTo(new Endpoint("10.0.0.7", 5701));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster.host", "cluster.busHost"})
  void everyInterfaceNeedsAPublicHost(String key) {
    assertThatThrownBy(() -> with(Map.of(key, "0.0.0.0")))
        .hasMessageContaining("cluster.publicHost is empty");

    NodeConfig.Cluster cluster = with(Map.of(key, "0.0.0.0", "cluster.publicHost", "a")).cluster();
    assertThat(cluster.publicEndpoint()).isEqualTo(new Endpoint("a", 5701));
    assertThat(cluster.busPublicHost()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host:", ":5701", "host:0", "host:65536", "host:abc", "::1", "::1:5701"})
  void aContactThatIsNoEndpointIsRefused(String contact) {
    assertThatThrownBy(() -> with(Map.of("cluster.join", "ok:1," + contact)))
        .hasMessageContaining(
            "cluster.join contains \"%s\", expected is host:port".formatted(contact))
        .hasMessageContaining("(from the command line)");
  }

  @Test
  void contactsMayBeNamesAndAddressesOfBothKinds() {
    assertThat(with(Map.of("cluster.join", "a.b:1,127.0.0.1:2,[::1]:3,[::1]")).cluster().contacts())
        .extracting(Endpoint::toString)
        .containsExactly("a.b:1", "127.0.0.1:2", "[::1]:3", "[::1]:5701");
  }

  @Test
  void backupsLieOutsideOfTheData() {
    assertThatThrownBy(
            () -> with(Map.of("storage.directory", "d", "storage.backupDirectory", "d/../d/b")))
        .hasMessageContaining("storage.backupDirectory is d/../d/b")
        .hasMessageContaining("storage.directory");
    assertThat(
            with(Map.of("storage.directory", "d", "storage.backupDirectory", "d-copies"))
                .storage()
                .backupDirectory())
        .isEqualTo("d-copies");
  }

  private static NodeConfig with(Map<String, String> flags) {
    return NodeConfigLoader.load(flags, Map.of(), Optional.empty());
  }
}
