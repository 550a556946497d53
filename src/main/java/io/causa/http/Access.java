package io.causa.http;

import io.causa.access.AccessList;
import io.causa.access.FailureLimit;
import io.causa.access.HostName;
import io.causa.access.HostRules;
import io.causa.access.Identity;
import io.causa.access.OriginRules;
import io.causa.access.file.AccessFile;
import io.causa.access.file.AccessSource;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what at one node: what all its HTTP loops share about that.
 *
 * <p>Any thread. The file of tokens is looked at each second, on a worker.
 */
public final class Access {

  private static final Logger LOG = LoggerFactory.getLogger(Access.class);
  private static final long LOOK_MILLIS = 1000;

  private final Optional<AccessSource> source;
  private final OriginRules origins;
  private final HostRules hosts;
  private final FailureLimit failures;
  private final boolean exposed;
  private final AccessCounters counters = new AccessCounters();
  private final OnceAMinute warning = new OnceAMinute(System::nanoTime, LOG::warn);
  private final AtomicBoolean watched = new AtomicBoolean();
  private final AtomicBoolean looking = new AtomicBoolean();

  Access(
      Optional<AccessSource> source,
      OriginRules origins,
      HostRules hosts,
      FailureLimit failures,
      boolean exposed) {
    this.source = source;
    this.origins = origins;
    this.hosts = hosts;
    this.failures = failures;
    this.exposed = exposed;
  }

  /**
   * Returns the access that a configuration asks for, and logs what it is.
   *
   * @throws io.causa.access.file.AccessFileException if the file of tokens cannot be used
   */
  public static Access of(NodeConfig config) {
    NodeConfig.Access told = config.access();
    Optional<AccessSource> source =
        told.isProtected()
            ? Optional.of(AccessSource.open(new AccessFile(Path.of(told.tokens()))))
            : Optional.empty();
    boolean exposed = source.isEmpty() && !HostName.isLoopback(config.http().host());
    source.ifPresent(open -> tell(told.tokens(), open.list()));
    if (exposed) {
      LOG.warn(
          "nobody is asked who they are (access.insecure): all who reach {}:{} may read and change everything",
          config.http().host(),
          config.http().port());
    }
    return new Access(
        source,
        new OriginRules(told.origins()),
        source.isPresent() ? HostRules.any() : HostRules.names(names(config)),
        new FailureLimit(told.failures(), told.failureMillis()),
        exposed);
  }

  private static void tell(String file, AccessList list) {
    LOG.info(
        "{} tokens and {} certificates of {} are in force",
        list.tokens().size(),
        list.certificates().size(),
        file);
    if (list.tokens().isEmpty() && list.certificates().isEmpty()) {
      LOG.warn("{} names nobody, so only the probes are answered", file);
    }
  }

  private static List<String> names(NodeConfig config) {
    List<String> names = new ArrayList<>(config.access().hosts());
    names.add(config.http().host());
    names.add(config.cluster().host());
    names.add(config.cluster().publicHost());
    names.removeIf(String::isBlank);
    return names;
  }

  /** Begins to follow the file of tokens, until that Vert.x closes; told again, does nothing. */
  void watch(Vertx vertx) {
    if (source.isPresent() && watched.compareAndSet(false, true)) {
      vertx.setPeriodic(LOOK_MILLIS, each -> look(vertx));
    }
  }

  /** A look that hangs, as on a network file system, is not followed by others. */
  private void look(Vertx vertx) {
    if (looking.compareAndSet(false, true)) {
      vertx
          .<Void>executeBlocking(
              () -> {
                source.orElseThrow().refresh();
                return null;
              })
          .onComplete(looked -> looking.set(false));
    }
  }

  /** Returns who asks before anything is proved: null if a caller has to prove who it is. */
  Identity everybody() {
    return isProtected() ? null : Identity.ANYBODY;
  }

  /** Returns whether a caller has to prove who it is. */
  boolean isProtected() {
    return source.isPresent();
  }

  /** Returns whether others than this machine reach the node and are not asked who they are. */
  boolean isExposed() {
    return exposed;
  }

  /** Returns everybody who may do something; only of a protected node. */
  AccessList list() {
    return source.orElseThrow().list();
  }

  /** Returns why the file of tokens as it is now is not in force; empty if it is. */
  Optional<String> trouble() {
    return source.flatMap(AccessSource::trouble);
  }

  OriginRules origins() {
    return origins;
  }

  HostRules hosts() {
    return hosts;
  }

  AccessCounters counters() {
    return counters;
  }

  /**
   * Counts a wrong token.
   *
   * @param why for people, without the token
   * @return after how many seconds the address may try again; 0 if it is within the limit
   */
  long failed(String address, String why) {
    long nowMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    long wait = failures.failed(address, nowMillis);
    counters.wrong().incrementAndGet();
    warning.warn(
        "%d requests with a wrong token or certificate so far; the last one is of %s: %s"
            .formatted(counters.wrong().get(), address, why));
    return wait;
  }
}
