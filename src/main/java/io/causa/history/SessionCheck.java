package io.causa.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The four session guarantees, each by itself (Terry et al., "Session Guarantees for Weakly
 * Consistent Replicated Data", PDIS 1994). What a client is entitled to is gathered request by
 * request:
 *
 * <ul>
 *   <li>read your writes: its own writes;
 *   <li>monotonic reads: for each key, the versions it has read;
 *   <li>monotonic writes: of each client whose write it has read, the writes before that one;
 *   <li>writes follow reads: of each client whose write it has read, what that client had read
 *       before.
 * </ul>
 */
final class SessionCheck implements Check {
  /** What one client has done so far. */
  private static final class Session {
    Past ownWrites = Past.NOTHING;
    final Map<String, Past> readOfKey = new HashMap<>();
    Past read = Past.NOTHING;
    Past readByTheWriters = Past.NOTHING;
  }

  private record Entitlement(String guarantee, String reason, Past mustSee) {}

  @Override
  public List<Violation> check(Causality causality) {
    return new Sweep(causality).run();
  }

  private static final class Sweep {
    private final Causality causality;
    private final Staleness staleness;
    private final Past[] readBeforeWrite;
    private final List<Violation> violations = new ArrayList<>();

    Sweep(Causality causality) {
      this.causality = causality;
      staleness = new Staleness(causality);
      readBeforeWrite = new Past[causality.events().size()];
    }

    List<Violation> run() {
      gatherReadsBeforeWrites();
      Map<String, Session> sessions = new HashMap<>();
      for (int i = 0; i < causality.events().size(); i++) {
        HistoryEvent event = causality.event(i);
        if (event.outcome().known() && event.operation() != Operation.INITIAL) {
          step(sessions.computeIfAbsent(event.client(), x -> new Session()), i);
        }
      }
      return violations;
    }

    private void gatherReadsBeforeWrites() {
      Map<String, Past> readBy = new HashMap<>();
      for (int i = 0; i < causality.events().size(); i++) {
        String client = causality.event(i).client();
        Past before = readBy.getOrDefault(client, Past.NOTHING);
        readBeforeWrite[i] = before;
        readBy.put(client, before.join(directlyRead(i)));
      }
    }

    private Past directlyRead(int event) {
      Past read = Past.NOTHING;
      for (int source : causality.sourcesOf(event)) {
        read = Sources.isKnown(source) ? read.join(only(source)) : read;
      }
      return read;
    }

    private Past only(int write) {
      return Past.of(causality.chain(write), causality.position(write));
    }

    private void step(Session session, int event) {
      for (int access = 0; access < causality.sourcesOf(event).length; access++) {
        judge(session, event, access);
      }
      for (int access = 0; access < causality.sourcesOf(event).length; access++) {
        learn(session, event, access);
      }
      if (causality.isWrite(event)) {
        session.ownWrites = session.ownWrites.join(only(event));
      }
    }

    private void judge(Session session, int read, int access) {
      String key = causality.event(read).accesses().get(access).key();
      Past sameKey = session.readOfKey.getOrDefault(key, Past.NOTHING);
      List<Entitlement> entitlements =
          List.of(
              new Entitlement("read-your-writes", "it wrote a newer version", session.ownWrites),
              new Entitlement("monotonic-reads", "it had read a newer version", sameKey),
              new Entitlement(
                  "monotonic-writes",
                  "it had read a later write of the client that wrote a newer version",
                  session.read),
              new Entitlement(
                  "writes-follow-reads",
                  "it had read a write whose client had read a newer version",
                  session.readByTheWriters));
      entitlements.forEach(entitlement -> judge(entitlement, read, access));
    }

    private void judge(Entitlement entitlement, int read, int access) {
      int newer = staleness.newerThan(read, access, entitlement.mustSee());
      if (newer == Staleness.FRESH) {
        return;
      }
      HistoryEvent event = causality.event(read);
      String text =
          "%s at %s read %s, but %s"
              .formatted(
                  event.client(), event.node(), event.accesses().get(access), entitlement.reason());
      violations.add(new Violation(entitlement.guarantee(), text, causality.event(newer), event));
    }

    private void learn(Session session, int read, int access) {
      int source = causality.sourcesOf(read)[access];
      if (Sources.isKnown(source)) {
        String key = causality.event(read).accesses().get(access).key();
        session.readOfKey.merge(key, only(source), Past::join);
        session.read = session.read.join(only(source));
        session.readByTheWriters = session.readByTheWriters.join(readBeforeWrite[source]);
      }
    }
  }
}
