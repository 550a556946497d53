package io.causa.node.cluster;

import io.vertx.core.Future;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What the event bus of this node believes about who listens where, held against the registry.
 *
 * <p>The bus looks an address up once. From then on, it relies on one event for each change, and
 * Hazelcast sends these events once, without acknowledgement. An event that is lost while the
 * registry moves to a member that has just joined would leave this node deaf to that member for
 * ever. Therefore this view remembers what the bus was told, reads the registry again from time to
 * time, and tells the bus the difference. Thread-safe.
 */
final class RegistrationView implements RegistrationListener {
  private final RegistrationListener bus;
  private final Map<String, List<RegistrationInfo>> told = new HashMap<>();
  private final Map<String, AtomicBoolean> watched = new ConcurrentHashMap<>();

  RegistrationView(RegistrationListener bus) {
    this.bus = bus;
  }

  /** Remembers what a look-up of the bus was answered. */
  synchronized void lookedUp(String address, List<RegistrationInfo> registrations) {
    note(address, registrations);
  }

  /**
   * Watches an address from now on, whether the bus uses it or not.
   *
   * @return tells, on any thread, whether somebody is known to listen there
   */
  synchronized BooleanSupplier watch(String address) {
    List<RegistrationInfo> known = told.computeIfAbsent(address, first -> List.of());
    AtomicBoolean listens =
        watched.computeIfAbsent(address, first -> new AtomicBoolean(!known.isEmpty()));
    return listens::get;
  }

  private void note(String address, List<RegistrationInfo> registrations) {
    told.put(address, registrations);
    AtomicBoolean listens = watched.get(address);
    if (listens != null) {
      listens.set(!registrations.isEmpty());
    }
  }

  @Override
  public synchronized void registrationsUpdated(RegistrationUpdateEvent event) {
    note(event.address(), event.registrations());
    if (bus.wantsUpdatesFor(event.address()) || !watched.containsKey(event.address())) {
      bus.registrationsUpdated(event);
    }
  }

  @Override
  public void registrationsLost() {
    bus.registrationsLost();
  }

  @Override
  public boolean wantsUpdatesFor(String address) {
    return bus.wantsUpdatesFor(address) || watched.containsKey(address);
  }

  /**
   * Reads every address that the bus uses, and tells the bus where the registry says otherwise.
   *
   * @param registry reads one address; an address whose read fails is left for the next time
   * @return the addresses of which the bus was wrong, in their order
   */
  Future<List<String>> refresh(Function<String, Future<List<RegistrationInfo>>> registry) {
    TreeSet<String> wrong = new TreeSet<>();
    List<Future<Void>> reads = new ArrayList<>();
    inUse()
        .forEach(
            (address, before) ->
                reads.add(
                    registry
                        .apply(address)
                        .map(
                            now -> {
                              if (correct(address, before, now)) {
                                wrong.add(address);
                              }
                              return null;
                            })));
    return Future.join(reads).transform(read -> Future.succeededFuture(List.copyOf(wrong)));
  }

  /** Forgets the addresses that the bus does not use any more, so that the view stays small. */
  private synchronized Map<String, List<RegistrationInfo>> inUse() {
    told.keySet().removeIf(address -> !wantsUpdatesFor(address));
    return new HashMap<>(told);
  }

  /** What the bus was told meanwhile is younger than this read, which then changes nothing. */
  private synchronized boolean correct(
      String address, List<RegistrationInfo> before, List<RegistrationInfo> now) {
    boolean isWrong = told.get(address) == before && !isSame(before, now);
    if (isWrong) {
      registrationsUpdated(new RegistrationUpdateEvent(address, now));
    }
    return isWrong;
  }

  private static boolean isSame(List<RegistrationInfo> some, List<RegistrationInfo> others) {
    return new HashSet<>(some).equals(new HashSet<>(others));
  }
}
