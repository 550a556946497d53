package io.causa.simulation.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes observers that see nothing. */
record Blind(Evidence evidence) {

  DiskObserver disks() {
    return new DiskObserver(evidence) {
      @Override
      public void opened(String replica, Map<String, Long> found) {}

      @Override
      public void durable(String replica, List<Fact> writes) {}

      @Override
      public void visible(String replica, List<Name> writes) {}

      @Override
      public void fed(
          String replica, Name write, Map<String, Long> before, Map<String, Long> after) {}

      @Override
      public void inherited(String before, String after) {}

      @Override
      public void lost(String replica) {}

      @Override
      public void cut(String replica, Map<String, Long> kept) {}

      @Override
      public void installed(String replica, Map<String, Long> after) {}

      @Override
      public void visible(String replica, Map<String, Long> after) {}

      @Override
      public void skipped(String replica, Map<String, Long> after) {}
    };
  }

  PeerObserver peers() {
    return new PeerObserver(evidence) {
      @Override
      public void opened(String replica) {}

      @Override
      public void arrived(String replica, List<Name> writes) {}

      @Override
      public void sent(String replica, List<Fact> writes) {}

      @Override
      public void knows(String replica, Set<String> names) {}

      @Override
      public void claimed(String replica, Map<String, Long> applied, Map<String, Long> received) {}
    };
  }

  ClientObserver clients() {
    return new ClientObserver(evidence) {
      @Override
      public void answered(String replica, Name write) {}

      @Override
      public void notMet(String replica, Map<String, Long> context) {}
    };
  }

  ForgetObserver forgetting() {
    return new ForgetObserver(evidence) {
      @Override
      public void stable(String replica, Map<String, Long> stable, Set<String> members) {}

      @Override
      public void removed(
          String replica,
          Collection<String> keys,
          Map<String, Long> stable,
          Map<String, Long> floor) {}

      @Override
      public void trimmed(
          String replica,
          Map<String, Long> before,
          Map<String, Long> after,
          Map<String, Long> stable) {}
    };
  }
}
