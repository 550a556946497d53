package io.causa.simulation.mutants;

import java.util.List;

/** Mutants of replication and of what goes over the wire. */
final class ReplicationMutants {

  private ReplicationMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "applied-said-before-commit",
              "a node says that it has applied what is only in its buffer",
              "io/causa/replication/Announcements.java",
              "VersionVector applied = identity.claim(progress.applied());",
              "VersionVector applied = received;"),
          new Mutant(
              "refused-said-received",
              "the acknowledgement of a batch covers what the full buffer refused",
              "io/causa/replication/Inbox.java",
              """
                      buffer.offer(write.cappedBy(ended));
                    }
                  }
                }

                /**
                 * Returns what became deliverable since the last call, and what is here now. To be called once at
                 * the end of a turn, however many inputs it had.
                 */
                public Taken takeNews() {
                  Receipt receipt = new Receipt(buffer.received(), buffer.behindGaps(), buffer.awaitedBases());
              """,
              """
                      buffer.offer(write.cappedBy(ended));
                    }
                    offered = offered.with(write.dot());
                  }
                }

                private VersionVector offered = VersionVector.EMPTY;

                public Taken takeNews() {
                  Receipt receipt = new Receipt(buffer.received().join(offered), VersionVector.EMPTY);
              """),
          new Mutant(
              "gaps-never-pulled",
              "what its origin does not deliver is never asked for elsewhere",
              "io/causa/replication/GapRepair.java",
              "if (end <= gap.have() || source.isEmpty()) {",
              "if (end <= gap.have() || source.isEmpty() || gap.have() >= 0) {"),
          new Mutant(
              "pulls-from-the-origin-only",
              "a gap whose origin is gone is never filled",
              "io/causa/replication/GapRepair.java",
              ".filter(peer -> peer.supplies(gap.origin(), gap.have()))",
              ".filter(peer -> peer.replica().equals(gap.origin()))"),
          new Mutant(
              "pull-one-too-late",
              "a pull leaves out the first missing write",
              "io/causa/replication/GapRepair.java",
              "new Pull(self, origin, gap.have() + 1, to, settings.pullBytes());",
              "new Pull(self, origin, Math.min(gap.have() + 2, to), to, settings.pullBytes());"),
          new Mutant(
              "gaps-without-turns",
              "gaps that are never filled starve all others",
              "io/causa/replication/GapRepair.java",
              "for (Gap gap : longestNotAsked()) {",
              "for (Gap gap : gaps.values()) {"),
          new Mutant(
              "own-earlier-generation-ignored",
              "a node that lost its data never gets its former writes back",
              "io/causa/replication/GapRepair.java",
              "known.remove(self);",
              "known.keySet().removeIf(origin -> origin.name().equals(self.name()));"),
          new Mutant(
              "deaf-and-content",
              "a node whose registrations are lost never misses them",
              "io/causa/replication/RegistrationMonitor.java",
              "known.contains(channel) ? 0 : before + 1);",
              "known.contains(channel) ? 0 : before);"),
          new Mutant(
              "window-without-limit",
              "a slow peer gets everything at once",
              "io/causa/replication/PeerStream.java",
              "return inFlight.isEmpty() || (!probing && fits);",
              "return true;"),
          new Mutant(
              "acks-of-received",
              "a client is told that peers have applied what is only in their buffers",
              "io/causa/replication/Acknowledgements.java",
              "peers.all().stream().filter(peer -> peer.applied(self) >= sequence)",
              "peers.all().stream().filter(peer -> peer.view(0).received().get(self) >= sequence)"),
          new Mutant(
              "ack-of-what-is-not-applied",
              "an acknowledgement calls applied what was received only",
              "io/causa/replication/Announcements.java",
              "identity.claim(progress.applied()).get(of)",
              "identity.mayLeave(progress.received()).get(of)"),
          new Mutant(
              "pushed-when-received",
              "a node ends although its last writes are only in the buffers of its peers",
              "io/causa/replication/Acknowledgements.java",
              "peers.live(nowMillis).stream().allMatch(peer -> peer.applied(self) >= sequence)",
              "peers.live(nowMillis).stream().allMatch(peer -> peer.view(0).received().get(self) >= sequence)"),
          new Mutant(
              "pushed-to-one",
              "a node ends when the first peer has its writes, although others rely on it, too",
              "io/causa/replication/Acknowledgements.java",
              "peers.live(nowMillis).stream().allMatch(peer -> peer.applied(self) >= sequence)",
              "peers.live(nowMillis).stream().anyMatch(peer -> peer.applied().get(self) >= sequence)"),
          new Mutant(
              "dependency-lost-on-the-wire",
              "a dependency that grew by one since the write before is left out of the batch",
              "io/causa/wire/WriteBatchEncoder.java",
              "!entry.replica().equals(write.origin()) && !known.covers(entry)",
              """
              !entry.replica().equals(write.origin())
                  && entry.sequence() > known.get(entry.replica()) + (known.isEmpty() ? 0 : 1)
              """),
          new Mutant(
              "dependency-counted-from-zero",
              "a dependency that is read as a change forgets what it is a change of",
              "io/causa/wire/WriteBatchDecoder.java",
              "long sequence = known.get(replica) + (entry >>> GAP_BITS);",
              "long sequence = Math.max(1, entry >>> GAP_BITS);"));
}
