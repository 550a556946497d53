package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.ClockArbitraries;
import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.store.ParkedRequests.Parked;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Whatever happens, the index answers like the list, and forgets whom it has answered. */
@Domain(ParkedRequestsTest.Happenings.class)
@Domain(DomainContext.Global.class)
class ParkedRequestsTest {

  private static final Replica A = new Replica("a", 1);
  private static final Replica B = new Replica("b", 1);

  sealed interface Happening {}

  record Park(VersionVector context, int deadlineMillis) implements Happening {}

  record Apply(VersionVector more) implements Happening {}

  record Pass(int millis) implements Happening {}

  record Cancel(int ticket) implements Happening {}

  static final class Happenings extends ClockArbitraries {
    @Provide
    Arbitrary<Happening> happenings() {
      return Arbitraries.frequencyOf(
          Tuple.of(
              5,
              vectors()
                  .flatMap(v -> Arbitraries.integers().between(1, 50).map(d -> new Park(v, d)))),
          Tuple.of(2, dots().map(dot -> new Apply(VersionVector.of(dot)))),
          Tuple.of(1, vectors().map(Apply::new)),
          Tuple.of(1, Arbitraries.integers().between(0, 9).map(Pass::new)),
          Tuple.of(1, Arbitraries.integers().between(0, 30).map(Cancel::new)));
    }
  }

  @Property
  void theIndexAnswersLikeAListThatIsSearched(@ForAll List<Happening> happenings) {
    Twins twins = new Twins();
    happenings.forEach(twins::happen);
  }

  @Property
  void onceAllIsAppliedNothingIsLeft(@ForAll List<Happening> happenings) {
    Twins twins = new Twins();
    happenings.forEach(twins::happen);
    for (Parked<String> parked : twins.indexed.list(0, 1_000)) {
      twins.apply(parked.context());
    }
    assertThat(twins.indexed.isBare()).isTrue();
  }

  @Property
  void onceAllHasExpiredNothingIsLeft(@ForAll List<Happening> happenings) {
    Twins twins = new Twins();
    happenings.forEach(twins::happen);
    twins.pass(1_000_000);
    assertThat(twins.indexed.isBare()).isTrue();
  }

  @Example
  void aContextOfMadeUpReplicasLeavesNoTraceOnceCancelled() {
    ParkedRequests<String> requests = new ParkedRequests<>();
    for (int i = 1; i <= 100; i++) {
      Dot foreign = new Dot(new Replica("made-up-" + i, i), 1);
      requests.park(new Parked<>(i, VersionVector.of(foreign), 5, "r"), VersionVector.EMPTY);
      assertThat(requests.cancel(i)).isPresent();
    }
    assertThat(requests.isBare()).isTrue();
  }

  @Example
  void requestsThatWaitForOneReplicaGoOnInItsOrder() {
    ParkedRequests<String> requests = new ParkedRequests<>();
    park(requests, 1, new Dot(A, 3));
    park(requests, 2, new Dot(A, 2));
    park(requests, 3, new Dot(A, 3));
    park(requests, 4, new Dot(A, 4));
    assertThat(requests.release(VersionVector.EMPTY, VersionVector.of(new Dot(A, 3))))
        .extracting(Parked::ticket)
        .containsExactly(2L, 1L, 3L);
  }

  @Example
  void aContextThatIsCoveredHasNothingToWaitFor() {
    ParkedRequests<String> requests = new ParkedRequests<>();
    VersionVector applied = VersionVector.of(new Dot(A, 3));
    Parked<String> request = new Parked<>(1, VersionVector.of(new Dot(A, 2)), 5, "r");
    assertThatThrownBy(() -> requests.park(request, applied))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{a.1=2} is covered by {a.1=3}");
  }

  @Example
  void aTicketIsParkedOnce() {
    ParkedRequests<String> requests = new ParkedRequests<>();
    park(requests, 1, new Dot(A, 3));
    assertThatThrownBy(() -> park(requests, 1, new Dot(B, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ticket 1 is parked already, for {a.1=3}");
  }

  @Example
  void theListIsByTicketAndBoundedAndGoesOnBehindATicket() {
    ParkedRequests<String> requests = new ParkedRequests<>();
    park(requests, 7, new Dot(A, 3));
    park(requests, 5, new Dot(B, 1));
    park(requests, 6, new Dot(A, 1));
    assertThat(requests.list(0, 2)).extracting(Parked::ticket).containsExactly(5L, 6L);
    assertThat(requests.list(5, 2)).extracting(Parked::ticket).containsExactly(6L, 7L);
    assertThat(requests.find(6)).isPresent();
    assertThat(requests.find(8)).isEmpty();
  }

  private static void park(ParkedRequests<String> requests, long ticket, Dot missing) {
    requests.park(new Parked<>(ticket, VersionVector.of(missing), 5, "r"), VersionVector.EMPTY);
  }

  private static final class Twins {
    final ParkedRequests<String> indexed;
    final NaiveParked naive;
    VersionVector applied = VersionVector.EMPTY;
    long nowMillis;
    long tickets;

    Twins() {
      indexed = new ParkedRequests<>();
      naive = new NaiveParked();
    }

    void happen(Happening happening) {
      if (happening instanceof Park park && !applied.covers(park.context())) {
        Parked<String> request =
            new Parked<>(++tickets, park.context(), nowMillis + park.deadlineMillis(), "r");
        indexed.park(request, applied);
        naive.park(request);
      } else if (happening instanceof Apply apply) {
        apply(apply.more());
      } else if (happening instanceof Pass pass) {
        pass(pass.millis());
      } else if (happening instanceof Cancel cancel) {
        assertThat(indexed.cancel(cancel.ticket()).isPresent())
            .isEqualTo(naive.cancel(cancel.ticket()));
      }
      compare();
    }

    void apply(VersionVector more) {
      VersionVector before = applied;
      applied = applied.join(more);
      assertThat(indexed.release(before, applied))
          .containsExactlyInAnyOrderElementsOf(naive.release(applied));
    }

    void pass(long millis) {
      nowMillis += millis;
      assertThat(indexed.expire(nowMillis))
          .containsExactlyInAnyOrderElementsOf(naive.expire(nowMillis))
          .isSortedAccordingTo(Comparator.comparingLong(Parked::deadlineMillis));
    }

    private void compare() {
      assertThat(indexed.list(0, 1_000)).isEqualTo(naive.list());
      assertThat(indexed.size()).isEqualTo(naive.list().size());
      assertThat(indexed.nextDeadlineMillis()).isEqualTo(naive.nextDeadlineMillis());
      assertThat(indexed.isBare()).isEqualTo(naive.list().isEmpty());
    }
  }
}
