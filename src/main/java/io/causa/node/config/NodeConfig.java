package io.causa.node.config;

import io.causa.access.HostName;
import io.causa.access.OriginRules;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Everything a node can be told, checked. The meaning, unit, default and bounds of every component
 * stand in {@code conf/causa.yaml} under the same name, its default in {@code defaults.yaml} beside
 * this class; a test holds the three together.
 */
public record NodeConfig(
    Node node,
    Http http,
    Access access,
    Admin admin,
    Tls tls,
    Store store,
    Buffer buffer,
    Replication replication,
    Feed feed,
    Storage storage,
    Cluster cluster) {

  private static final int MOST_PORT = 65535;
  private static final long MEBIBYTE = 1L << 20;
  private static final long GIBIBYTE = 1L << 30;
  private static final long TEBIBYTE = 1L << 40;
  private static final long ONE_MINUTE_MILLIS = 60_000;
  private static final long TEN_MINUTES_MILLIS = 600_000;
  private static final long ONE_HOUR_MILLIS = 3_600_000;
  private static final long ONE_DAY_MILLIS = 86_400_000;
  private static final long TEN_YEARS_MILLIS = 3650 * ONE_DAY_MILLIS;
  private static final List<String> ANY_INTERFACE = List.of("0.0.0.0", "::");

  /**
   * @throws ConfigException if anybody could reach the node though nobody said so
   */
  public NodeConfig {
    Exposure.check(http.host(), access);
    checkGrants(access, tls);
  }

  /**
   * Where clients and peers reach this node's HTTP, as far as it can tell: by its public name, else
   * at the address that HTTP listens on. Nobody can connect to "every interface", so then it is the
   * name or address the other nodes use.
   */
  public String httpUrl() {
    boolean byClusterName = !cluster.publicHost().isBlank() || ANY_INTERFACE.contains(http.host());
    String host = byClusterName ? cluster.publicEndpoint().host() : http.host();
    return "%s://%s:%d"
        .formatted(
            tls.isOn() ? "https" : "http",
            host.indexOf(':') < 0 ? host : "[" + host + "]",
            http.port());
  }

  /** The same, with HTTP on this port. */
  public NodeConfig onHttpPort(int port) {
    return new NodeConfig(
        node,
        http.onPort(port),
        access,
        admin,
        tls,
        store,
        buffer,
        replication,
        feed,
        storage,
        cluster);
  }

  /** Who this node is. */
  public record Node(String id, boolean faults, long stopMillis) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    public Node {
      Check.matches("node.id", id, NAME);
      Check.range("node.stopMillis", stopMillis, 100, TEN_MINUTES_MILLIS);
    }
  }

  /** What clients may ask for. */
  public record Http(
      String host,
      int port,
      int keyBytes,
      int valueBytes,
      int bodyBytes,
      int mutationsPerWrite,
      int keysPerRead,
      int pageKeys,
      int requestLineBytes,
      int headerBytes,
      long waitMillis,
      long maxWaitMillis,
      long holdMillis,
      long idleTimeoutMillis,
      long bodyMillis,
      long bodiesUnderWayBytes,
      long answersUnderWayBytes,
      int connections) {

    public Http {
      Check.notBlank("http.host", host, "an address of this machine");
      Check.range("http.port", port, 0, MOST_PORT);
      Check.range("http.keyBytes", keyBytes, 1, 65535);
      Check.range("http.valueBytes", valueBytes, 1, 64 * MEBIBYTE);
      Check.range("http.bodyBytes", bodyBytes, 1, 128 * MEBIBYTE);
      Check.range("http.mutationsPerWrite", mutationsPerWrite, 1, 65535);
      Check.range("http.keysPerRead", keysPerRead, 1, 10_000);
      Check.range("http.pageKeys", pageKeys, 1, 100_000);
      Check.range("http.requestLineBytes", requestLineBytes, 1024, MEBIBYTE);
      Check.range("http.headerBytes", headerBytes, 1024, MEBIBYTE);
      Check.range("http.waitMillis", waitMillis, 0, ONE_HOUR_MILLIS);
      Check.range("http.maxWaitMillis", maxWaitMillis, 0, ONE_HOUR_MILLIS);
      Check.range("http.holdMillis", holdMillis, 0, ONE_DAY_MILLIS);
      Check.range("http.idleTimeoutMillis", idleTimeoutMillis, 1000, 2 * ONE_HOUR_MILLIS);
      Check.range("http.bodyMillis", bodyMillis, 100, ONE_HOUR_MILLIS);
      Check.range("http.bodiesUnderWayBytes", bodiesUnderWayBytes, 0, 16 * GIBIBYTE);
      Check.range("http.answersUnderWayBytes", answersUnderWayBytes, 0, 16 * GIBIBYTE);
      Check.range("http.connections", connections, 0, 1_000_000);
      if (bodiesUnderWayBytes > 0) {
        Check.notBelow(
            "http.bodiesUnderWayBytes",
            bodiesUnderWayBytes,
            "the larger of http.valueBytes and http.bodyBytes",
            Math.max(valueBytes, bodyBytes));
      }
      Check.notBelow("http.maxWaitMillis", maxWaitMillis, "http.waitMillis", waitMillis);
      Check.above(
          "http.requestLineBytes",
          requestLineBytes,
          "three times http.keyBytes (a key may be percent-encoded)",
          3L * keyBytes);
    }

    /** The largest body of any request. */
    public long largestBodyBytes() {
      return Math.max(valueBytes, bodyBytes);
    }

    private Http onPort(int chosen) {
      return new Http(
          host,
          chosen,
          keyBytes,
          valueBytes,
          bodyBytes,
          mutationsPerWrite,
          keysPerRead,
          pageKeys,
          requestLineBytes,
          headerBytes,
          waitMillis,
          maxWaitMillis,
          holdMillis,
          idleTimeoutMillis,
          bodyMillis,
          bodiesUnderWayBytes,
          answersUnderWayBytes,
          connections);
    }
  }

  /** Who may do what over HTTP. */
  public record Access(
      String tokens,
      boolean insecure,
      List<String> origins,
      List<String> hosts,
      int failures,
      long failureMillis) {

    public Access {
      Check.path("access.tokens", tokens);
      origins = List.copyOf(origins);
      hosts = List.copyOf(hosts);
      origins.forEach(Access::checkOrigin);
      Check.range("access.failures", failures, 1, 1_000_000);
      Check.range("access.failureMillis", failureMillis, 1000, ONE_HOUR_MILLIS);
    }

    private static void checkOrigin(String origin) {
      if (!OriginRules.isOrigin(origin)) {
        throw new ConfigException(
            "access.origins",
            "access.origins contains \"%s\", expected is scheme://host or scheme://host:port, such as https://app.example"
                .formatted(origin));
      }
    }

    /** Whether a caller has to prove who it is. */
    public boolean isProtected() {
      return !tokens.isBlank();
    }
  }

  /** A certificate opens nothing by itself: the file of tokens says what it grants. */
  private static void checkGrants(Access access, Tls tls) {
    if (!tls.clients().isBlank() && !access.isProtected()) {
      throw new ConfigException(
          "tls.clients",
          "tls.clients is %s, but access.tokens names no file whose `certificates` say what a client may do"
              .formatted(tls.clients()));
    }
  }

  /** The encryption of HTTP: PEM files. */
  public record Tls(String certificate, String key, String clients) {
    public Tls {
      Check.path("tls.certificate", certificate);
      Check.path("tls.key", key);
      Check.path("tls.clients", clients);
      if (certificate.isBlank() != key.isBlank()) {
        throw new ConfigException(
            certificate.isBlank() ? "tls.certificate" : "tls.key",
            "tls.certificate and tls.key belong together; give both or neither");
      }
      if (certificate.isBlank() && !clients.isBlank()) {
        throw new ConfigException(
            "tls.clients", "tls.clients needs tls.certificate and tls.key, which are empty");
      }
    }

    /** Whether HTTP is encrypted. */
    public boolean isOn() {
      return !certificate.isBlank();
    }
  }

  /** Where administration is served when it has a listener of its own. */
  public record Admin(String host, int port) {
    public Admin {
      Check.notBlank("admin.host", host, "an address of this machine");
      Check.range("admin.port", port, 0, MOST_PORT);
    }
  }

  /**
   * Whether administration has a listener of its own: when others than this machine reach the data,
   * unless it is told the same address.
   */
  public boolean adminIsApart() {
    boolean same = admin.host().equals(http.host()) && admin.port() == http.port();
    return !HostName.isLoopback(http.host()) && !same;
  }

  /** How much the store holds, and what may wait for it. */
  public record Store(
      long dataBytes,
      long dataReserveBytes,
      int pendingWrites,
      long pendingBytes,
      int parkedRequests,
      long parkedBytes,
      int heldWrites,
      long heldBytes,
      int snapshotTransfers,
      long snapshotKeptBytes,
      long snapshotIdleMillis) {
    public Store {
      Check.range("store.dataBytes", dataBytes, 0, TEBIBYTE);
      Check.range("store.dataReserveBytes", dataReserveBytes, 0, TEBIBYTE);
      Check.range("store.pendingWrites", pendingWrites, 1, 10_000_000);
      Check.range("store.pendingBytes", pendingBytes, 1024, 16 * GIBIBYTE);
      Check.range("store.parkedRequests", parkedRequests, 1, 10_000_000);
      Check.range("store.parkedBytes", parkedBytes, 1024, 16 * GIBIBYTE);
      Check.range("store.heldWrites", heldWrites, 1, 10_000_000);
      Check.range("store.heldBytes", heldBytes, 1024, 16 * GIBIBYTE);
      Check.range("store.snapshotTransfers", snapshotTransfers, 1, 100);
      Check.range("store.snapshotKeptBytes", snapshotKeptBytes, 1024, 16 * GIBIBYTE);
      Check.range("store.snapshotIdleMillis", snapshotIdleMillis, 1000, ONE_HOUR_MILLIS);
    }
  }

  /** The causal buffer. */
  public record Buffer(int writes, long bytes, long handedOverBytes) {
    public Buffer {
      Check.range("buffer.writes", writes, 1, 100_000_000);
      Check.range("buffer.bytes", bytes, 1024, TEBIBYTE);
      Check.range("buffer.handedOverBytes", handedOverBytes, 1024, 16 * GIBIBYTE);
    }
  }

  /** Pushes, pulls and digests between nodes. */
  public record Replication(
      int batchBytes,
      int windowBytes,
      long sendTimeoutMillis,
      long maxBackoffMillis,
      long digestIntervalMillis,
      long presenceIntervalMillis,
      long pullAfterMillis,
      long pullTimeoutMillis,
      int pullBytes,
      long silentAfterMillis,
      long readyTimeoutMillis,
      long heldBytes) {

    public Replication {
      Check.range("replication.batchBytes", batchBytes, 1024, 16 * MEBIBYTE);
      Check.range("replication.windowBytes", windowBytes, 1024, 256 * MEBIBYTE);
      Check.range("replication.sendTimeoutMillis", sendTimeoutMillis, 10, TEN_MINUTES_MILLIS);
      Check.range("replication.maxBackoffMillis", maxBackoffMillis, 10, TEN_MINUTES_MILLIS);
      Check.range("replication.digestIntervalMillis", digestIntervalMillis, 10, TEN_MINUTES_MILLIS);
      Check.range(
          "replication.presenceIntervalMillis", presenceIntervalMillis, 10, TEN_MINUTES_MILLIS);
      Check.range("replication.pullAfterMillis", pullAfterMillis, 0, TEN_MINUTES_MILLIS);
      Check.range("replication.pullTimeoutMillis", pullTimeoutMillis, 10, TEN_MINUTES_MILLIS);
      Check.range("replication.pullBytes", pullBytes, 1024, 16 * MEBIBYTE);
      Check.range("replication.silentAfterMillis", silentAfterMillis, 10, ONE_HOUR_MILLIS);
      Check.range("replication.readyTimeoutMillis", readyTimeoutMillis, 0, ONE_HOUR_MILLIS);
      Check.range("replication.heldBytes", heldBytes, 1024, 16 * GIBIBYTE);
      Check.notBelow("replication.windowBytes", windowBytes, "replication.batchBytes", batchBytes);
      Check.notBelow(
          "replication.silentAfterMillis",
          silentAfterMillis,
          "replication.digestIntervalMillis",
          digestIntervalMillis);
    }
  }

  /** The feed of applied writes. */
  public record Feed(long outstandingBytes) {
    public Feed {
      Check.range("feed.outstandingBytes", outstandingBytes, 1024, 16 * GIBIBYTE);
    }
  }

  /** How durable a write is when it is acknowledged. */
  public enum StorageMode {
    /** Nothing outlives the process; a new generation at every start. */
    MEMORY,
    /** Written at once, fsync every second. */
    BUFFERED,
    /** On the disk before anyone sees it. */
    FSYNC
  }

  /** Where writes become durable. */
  public record Storage(
      StorageMode mode,
      String directory,
      long logBytes,
      long logAgeMillis,
      String backupDirectory) {
    public Storage {
      Check.range("storage.logBytes", logBytes, MEBIBYTE, TEBIBYTE);
      Check.range("storage.logAgeMillis", logAgeMillis, ONE_MINUTE_MILLIS, TEN_YEARS_MILLIS);
      if (mode != StorageMode.MEMORY) {
        Check.notBlank("storage.directory", directory, "a directory unless storage.mode is memory");
        checkApart(directory, backupDirectory);
      }
    }
  }

  /** A backup inside the data would be among what the next one copies. */
  private static void checkApart(String data, String backups) {
    Path outer = Check.path("storage.directory", data).toAbsolutePath().normalize();
    Path inner = Check.path("storage.backupDirectory", backups).toAbsolutePath().normalize();
    if (!backups.isBlank() && inner.startsWith(outer)) {
      throw new ConfigException(
          "storage.backupDirectory",
          "storage.backupDirectory is %s, it must not lie in storage.directory, which is %s"
              .formatted(backups, data));
    }
  }

  /**
   * How the nodes find each other. {@code busHost} is never empty: it falls back to {@code host}.
   */
  public record Cluster(
      String name,
      String host,
      int port,
      String busHost,
      int busPort,
      String publicHost,
      List<String> join,
      long contactWaitMillis,
      int heartbeatSeconds,
      int silentMemberSeconds,
      int mergeSeconds,
      long busPingMillis,
      long busPongMillis,
      long busConnectMillis,
      int busReconnects,
      long busReconnectMillis) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public Cluster {
      Check.matches("cluster.name", name, NAME);
      Check.notBlank("cluster.host", host, "an address of this machine");
      Check.range("cluster.port", port, 1, MOST_PORT);
      Check.range("cluster.busPort", busPort, 0, MOST_PORT);
      Check.range("cluster.contactWaitMillis", contactWaitMillis, 0, 60_000);
      Check.range("cluster.heartbeatSeconds", heartbeatSeconds, 1, 60);
      Check.range("cluster.silentMemberSeconds", silentMemberSeconds, 2, 600);
      Check.range("cluster.mergeSeconds", mergeSeconds, 1, 600);
      Check.range("cluster.busPingMillis", busPingMillis, 100, TEN_MINUTES_MILLIS);
      Check.range("cluster.busPongMillis", busPongMillis, 100, TEN_MINUTES_MILLIS);
      Check.range("cluster.busConnectMillis", busConnectMillis, 100, TEN_MINUTES_MILLIS);
      Check.range("cluster.busReconnects", busReconnects, 0, 100);
      Check.range("cluster.busReconnectMillis", busReconnectMillis, 1, 60_000);
      Check.above(
          "cluster.silentMemberSeconds",
          silentMemberSeconds,
          "cluster.heartbeatSeconds",
          heartbeatSeconds);
      busHost = busHost.isBlank() ? host : busHost;
      checkReachable(host, busHost, publicHost);
      join = List.copyOf(join);
      join.forEach(contact -> Endpoint.parse("cluster.join", contact, MOST_PORT));
    }

    private static void checkReachable(String host, String busHost, String publicHost) {
      boolean anyInterface = ANY_INTERFACE.contains(host) || ANY_INTERFACE.contains(busHost);
      if (anyInterface && publicHost.isBlank()) {
        throw new ConfigException(
            "cluster.publicHost",
            "cluster.publicHost is empty, but cluster.host %s and cluster.busHost %s are not both addresses that other nodes can connect to; give the name or address they reach this node by"
                .formatted(host, busHost));
      }
    }

    /** Where the other nodes find this node's Hazelcast. */
    public Endpoint publicEndpoint() {
      return new Endpoint(publicHost.isBlank() ? host : publicHost, port);
    }

    /** The host under which the other nodes find this node's event bus. */
    public String busPublicHost() {
      return publicHost.isBlank() ? busHost : publicHost;
    }

    /** The contact points; one without a port gets this node's own. */
    public List<Endpoint> contacts() {
      return join.stream().map(text -> Endpoint.parse("cluster.join", text, port)).toList();
    }
  }
}
