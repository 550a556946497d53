package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.ReplicaLimit;
import io.causa.wire.VectorJson;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KnownReplicasTest {

  private static final Replica SELF = new Replica("node1", 1);
  private static final Replica PEER = new Replica("node2", 1);

  private final Logger logger = (Logger) LoggerFactory.getLogger(KnownReplicas.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
  }

  @Test
  void theLogWarnsOnceWhenFourFifthsAreKnown() {
    KnownReplicas known = new KnownReplicas(SELF, VersionVector.EMPTY, Roster.EMPTY);
    assertThat(known.admit(digest(KnownReplicas.WARN_FROM - 3))).isEmpty();
    assertThat(lines.list).isEmpty();

    assertThat(known.admit(digest(KnownReplicas.WARN_FROM - 2))).isEmpty();
    assertThat(known.admit(digest(KnownReplicas.WARN_FROM))).isEmpty();

    assertThat(known.size()).isEqualTo(KnownReplicas.WARN_FROM + 2);
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith("3276 replicas are known; at 4000 newcomers are refused");
  }

  /** A directory from before the limit is opened, and nobody is forgotten. */
  @Test
  void moreThanTheMostThatAreOnTheDiskHaveNames() {
    KnownReplicas known =
        new KnownReplicas(SELF, vector(ReplicaLimit.MOST_REPLICAS + 10), Roster.EMPTY);

    assertThat(known.size()).isEqualTo(ReplicaLimit.MOST_REPLICAS + 11);
    assertThat(known.names().parse("forged4105")).contains(new Replica("forged4105", 1));
    assertThat(lines.list).hasSize(1);
    assertThat(known.admit(digest(1))).isPresent();
  }

  /** A node that starts later never hears of the former generation, and prints the same. */
  @Test
  void aFormerGenerationThatNeverWroteNeedsNoName() {
    Replica former = new Replica("node3", 1);
    Replica now = new Replica("node3", 2);
    KnownReplicas known = new KnownReplicas(SELF, VersionVector.EMPTY, Roster.EMPTY);

    known.add(former);
    assertThat(known.names().print(former)).isEqualTo("node3");
    known.add(now);
    known.add(former);
    assertThat(known.names().print(now)).isEqualTo("node3");
    assertThat(known.names().parse("node3")).contains(now);

    known.addAll(VersionVector.of(new Dot(former, 1)));
    assertThat(known.names().print(now)).isEqualTo(now.toString());
    assertThat(known.names().print(former)).isEqualTo(former.toString());
  }

  /** What a client copied from an answer of then must not come to mean writes of now. */
  @Test
  void aBareNameNeverComesToMeanALaterGeneration() {
    Replica former = new Replica("node3", 1);
    Replica now = new Replica("node3", 2);
    VersionVector five = VersionVector.of(new Dot(former, 5));
    KnownReplicas known = new KnownReplicas(SELF, five, Roster.EMPTY);
    JsonObject bare = VectorJson.toJson(five, known.names());
    assertThat(bare.encode()).isEqualTo("{\"node3\":5}");
    assertThat(VectorJson.parse(bare, known.names())).isEqualTo(new VectorJson.Parsed.Valid(five));

    known.add(now);
    assertThat(VectorJson.parse(bare, known.names())).isInstanceOf(VectorJson.Parsed.Invalid.class);
    known.addAll(VersionVector.of(new Dot(now, 7)));
    assertThat(VectorJson.parse(bare, known.names())).isInstanceOf(VectorJson.Parsed.Invalid.class);
    known.ended(Endings.of(new Dot(former, 5)));
    assertThat(VectorJson.parse(bare, known.names())).isInstanceOf(VectorJson.Parsed.Invalid.class);
    known.ended(Endings.of(List.of(new Dot(former, 5)), Map.of("node3", 2L), Map.of()));
    assertThat(VectorJson.parse(bare, known.names())).isInstanceOf(VectorJson.Parsed.Invalid.class);

    JsonObject full = VectorJson.toJson(five, known.names());
    assertThat(full.encode()).isEqualTo("{\"node3.1\":5}");
    assertThat(VectorJson.parse(full, known.names())).isEqualTo(new VectorJson.Parsed.Valid(five));
  }

  private static PeerMessage digest(int replicas) {
    VersionVector applied = vector(replicas);
    VersionVector none = VersionVector.EMPTY;
    return new Digest(PEER, 1, 1, applied, applied, none, Roster.EMPTY, 0);
  }

  private static VersionVector vector(int count) {
    List<Dot> dots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dots.add(new Dot(new Replica("forged" + i, 1), 1));
    }
    return VersionVector.of(dots);
  }
}
