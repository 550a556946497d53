package io.causa.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class RegistrationViewTest {
  private static final RegistrationInfo NODE1 = new RegistrationInfo("node1", 1, false);
  private static final RegistrationInfo NODE2 = new RegistrationInfo("node2", 7, false);

  private final Map<String, List<RegistrationInfo>> registry = new HashMap<>();
  private final Bus bus = new Bus();
  private final RegistrationView view = new RegistrationView(bus);

  @Test
  void aMemberWhoseEventWasLostIsFoundAtTheNextRefresh() {
    registry.put("presence", List.of(NODE1));
    bus.lookUp("presence");
    registry.put("presence", List.of(NODE1, NODE2));

    assertThat(refresh()).containsExactly("presence");
    assertThat(bus.believes).containsEntry("presence", List.of(NODE1, NODE2));
  }

  @Test
  void aBusThatIsRightIsToldNothing() {
    registry.put("presence", List.of(NODE1, NODE2));
    bus.lookUp("presence");
    registry.put("presence", List.of(NODE2, NODE1));

    assertThat(refresh()).isEmpty();
    assertThat(bus.updates).isEmpty();
  }

  @Test
  void anEventCountsAsTold() {
    registry.put("presence", List.of(NODE1));
    bus.lookUp("presence");
    registry.put("presence", List.of(NODE2));
    view.registrationsUpdated(new RegistrationUpdateEvent("presence", List.of(NODE2)));

    assertThat(refresh()).isEmpty();
    assertThat(bus.updates).hasSize(1);
  }

  @Test
  void whatWasToldDuringTheReadIsYoungerThanTheRead() {
    registry.put("presence", List.of(NODE1));
    bus.lookUp("presence");
    Promise<List<RegistrationInfo>> slow = Promise.promise();
    Future<List<String>> refreshed = view.refresh(address -> slow.future());

    view.registrationsUpdated(new RegistrationUpdateEvent("presence", List.of(NODE1, NODE2)));
    slow.complete(List.of());

    assertThat(refreshed.result()).isEmpty();
    assertThat(bus.believes).containsEntry("presence", List.of(NODE1, NODE2));
  }

  @Test
  void anAddressWhoseReadFailsDoesNotKeepTheOthersFromBeingRefreshed() {
    registry.put("a", List.of(NODE1));
    registry.put("b", List.of(NODE1));
    bus.lookUp("a");
    bus.lookUp("b");
    registry.put("a", List.of());
    registry.put("b", List.of());

    Future<List<String>> refreshed =
        view.refresh(
            address ->
                address.equals("a")
                    ? Future.failedFuture("the partition has no owner")
                    : Future.succeededFuture(registry.get(address)));

    assertThat(refreshed.result()).containsExactly("b");
    assertThat(refresh()).containsExactly("a");
  }

  @Test
  void anAddressThatTheBusDoesNotUseAnyMoreIsNotRead() {
    registry.put("presence", List.of(NODE1));
    bus.lookUp("presence");
    bus.believes.remove("presence");
    registry.put("presence", List.of(NODE2));

    assertThat(refresh()).isEmpty();
  }

  @Test
  void aWatchedAddressHasAListenerFromItsEventOn() {
    BooleanSupplier listens = view.watch("applied");
    assertThat(listens.getAsBoolean()).isFalse();
    assertThat(view.wantsUpdatesFor("applied")).isTrue();

    view.registrationsUpdated(new RegistrationUpdateEvent("applied", List.of(NODE2)));
    assertThat(listens.getAsBoolean()).isTrue();

    view.registrationsUpdated(new RegistrationUpdateEvent("applied", List.of()));
    assertThat(listens.getAsBoolean()).isFalse();
  }

  @Test
  void aRefreshFindsTheListenerOfAWatchedAddressAndThatItIsGone() {
    BooleanSupplier listens = view.watch("applied");
    registry.put("applied", List.of(NODE2));
    assertThat(refresh()).containsExactly("applied");
    assertThat(listens.getAsBoolean()).isTrue();
    assertThat(refresh()).isEmpty();

    registry.put("applied", List.of());
    assertThat(refresh()).containsExactly("applied");
    assertThat(listens.getAsBoolean()).isFalse();
  }

  @Test
  void aListenerThatWasLookedUpBeforeTheWatchIsKnown() {
    registry.put("applied", List.of(NODE1));
    bus.lookUp("applied");

    assertThat(view.watch("applied").getAsBoolean()).isTrue();
  }

  @Test
  void aLookUpTellsTheWatchToo() {
    BooleanSupplier listens = view.watch("applied");
    registry.put("applied", List.of(NODE1));
    bus.lookUp("applied");

    assertThat(listens.getAsBoolean()).isTrue();
    assertThat(view.watch("applied").getAsBoolean()).as("watched twice").isTrue();
  }

  @Test
  void theBusHearsNothingOfAnAddressThatOnlyTheNodeWatches() {
    view.watch("applied");
    view.registrationsUpdated(new RegistrationUpdateEvent("applied", List.of(NODE1)));
    registry.put("applied", List.of(NODE2));
    refresh();

    assertThat(bus.updates).isEmpty();
  }

  @Test
  void theBusHearsOfAWatchedAddressThatItUsesToo() {
    view.watch("applied");
    registry.put("applied", List.of(NODE1));
    bus.lookUp("applied");
    view.registrationsUpdated(new RegistrationUpdateEvent("applied", List.of(NODE2)));

    assertThat(bus.believes).containsEntry("applied", List.of(NODE2));
  }

  private List<String> refresh() {
    return view.refresh(address -> Future.succeededFuture(registry.get(address))).result();
  }

  private final class Bus implements RegistrationListener {
    private final Map<String, List<RegistrationInfo>> believes = new HashMap<>();
    private final List<RegistrationUpdateEvent> updates = new ArrayList<>();

    void lookUp(String address) {
      believes.put(address, registry.get(address));
      view.lookedUp(address, registry.get(address));
    }

    @Override
    public void registrationsUpdated(RegistrationUpdateEvent event) {
      updates.add(event);
      believes.put(event.address(), event.registrations());
    }

    @Override
    public boolean wantsUpdatesFor(String address) {
      return believes.containsKey(address);
    }
  }
}
