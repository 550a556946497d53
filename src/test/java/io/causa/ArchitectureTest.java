package io.causa;

import static com.tngtech.archunit.base.DescribedPredicate.or;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.vertx.core.Deployable;
import java.util.random.RandomGenerator;

/**
 * The package table of docs/design.md. Each rule states all that its package may use; what is not
 * named is forbidden.
 */
@AnalyzeClasses(packages = "io.causa", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String CLOCK = "io.causa.clock..";
  private static final String MEMBERSHIP = "io.causa.membership..";
  private static final String IDENTITY = "io.causa.identity..";
  private static final String CORE = "io.causa.core..";
  private static final String CORE_VALUES = "io.causa.core";
  private static final String CORE_ENCODING = "io.causa.core.encoding";
  private static final String CORE_SNAPSHOT = "io.causa.core.snapshot";
  private static final String REPLICATION = "io.causa.replication..";
  private static final String MESSAGE = "io.causa.replication.message..";
  private static final String LINK = "io.causa.replication.link..";
  private static final String STORAGE = "io.causa.storage..";
  private static final String ENGINE = "io.causa.engine..";
  private static final String ENGINE_API = "io.causa.engine.api..";
  private static final String WIRE = "io.causa.wire..";
  private static final String NODE = "io.causa.node..";
  private static final String NODE_PORT = "io.causa.node.port..";
  private static final String NODE_CONFIG = "io.causa.node.config..";
  private static final String HTTP = "io.causa.http..";
  private static final String CLIENT = "io.causa.client..";
  private static final String HISTORY = "io.causa.history..";
  private static final String SCENARIO = "io.causa.scenario..";
  private static final String TORTURE = "io.causa.torture..";
  private static final String ACCESS = "io.causa.access..";
  private static final String ACCESS_DECISIONS = "io.causa.access";
  private static final String CLI = "io.causa.cli..";

  private static final String VERTX = "io.vertx..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String SLF4J = "org.slf4j..";

  @ArchTest
  static final ArchRule everyClassIsInAPackageOfTheTable =
      classes()
          .should()
          .resideInAnyPackage(
              CLOCK,
              MEMBERSHIP,
              IDENTITY,
              CORE,
              REPLICATION,
              STORAGE,
              ENGINE,
              WIRE,
              NODE,
              HTTP,
              CLIENT,
              HISTORY,
              SCENARIO,
              TORTURE,
              ACCESS,
              CLI);

  @ArchTest static final ArchRule clock = only(CLOCK, CLOCK);

  /** Who may do what is decided without files; the package below keeps the file. */
  @ArchTest static final ArchRule access = only(ACCESS_DECISIONS, ACCESS_DECISIONS);

  @ArchTest static final ArchRule accessFile = only(ACCESS, ACCESS, JACKSON, SLF4J);

  @ArchTest static final ArchRule membership = only(MEMBERSHIP, MEMBERSHIP, CLOCK);

  @ArchTest static final ArchRule identity = only(IDENTITY, IDENTITY, CLOCK);

  @ArchTest static final ArchRule core = only(CORE, CORE, MEMBERSHIP, CLOCK);

  /** Its values know no store and no snapshot; a snapshot knows no store. */
  @ArchTest
  static final ArchRule packagesOfCoreAreFreeOfCycles =
      slices().assignedFrom(packagesOf("io.causa.core")).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule coreSnapshot = only(CORE_SNAPSHOT, CORE_SNAPSHOT, CORE_VALUES, CLOCK);

  @ArchTest
  static final ArchRule replication =
      only(REPLICATION, REPLICATION, CORE_VALUES, CORE_SNAPSHOT, MEMBERSHIP, IDENTITY, CLOCK);

  @ArchTest
  static final ArchRule replicationMessage =
      only(MESSAGE, MESSAGE, CORE_VALUES, CORE_SNAPSHOT, MEMBERSHIP, CLOCK);

  @ArchTest
  static final ArchRule replicationLink =
      only(LINK, LINK, MESSAGE, CORE_VALUES, CORE_SNAPSHOT, CLOCK);

  @ArchTest
  static final ArchRule storage =
      only(STORAGE, STORAGE, CORE, MEMBERSHIP, IDENTITY, CLOCK, "org.rocksdb..", SLF4J);

  /** The engine names no host: Vert.x and the simulation run the same classes. */
  @ArchTest
  static final ArchRule engine =
      only(ENGINE, ENGINE, STORAGE, REPLICATION, CORE, MEMBERSHIP, IDENTITY, CLOCK, SLF4J);

  /** The edges ask in these words, and see nothing of what answers. */
  @ArchTest static final ArchRule engineApi = only(ENGINE_API, ENGINE_API, CORE, MEMBERSHIP, CLOCK);

  @ArchTest
  static final ArchRule wire =
      only(
          WIRE,
          WIRE,
          CORE_VALUES,
          CORE_ENCODING,
          CORE_SNAPSHOT,
          MEMBERSHIP,
          CLOCK,
          MESSAGE,
          "io.vertx.core.buffer..",
          "io.vertx.core.json..",
          "io.vertx.core.shareddata..",
          JACKSON);

  @ArchTest
  static final ArchRule node =
      only(
          NODE,
          NODE,
          ACCESS_DECISIONS,
          ENGINE,
          WIRE,
          STORAGE,
          REPLICATION,
          CORE,
          MEMBERSHIP,
          IDENTITY,
          CLOCK,
          VERTX,
          "com.hazelcast..",
          JACKSON,
          SLF4J);

  @ArchTest
  static final ArchRule nodePort =
      only(
          NODE_PORT,
          or(
              nameMatching("io\\.causa\\.replication\\.link\\.LinkFaultRule"),
              anyOf(NODE_PORT, ENGINE_API, CORE_VALUES, MEMBERSHIP, CLOCK, VERTX)));

  @ArchTest
  static final ArchRule nodeConfig =
      only(
          NODE_CONFIG,
          NODE_CONFIG,
          ACCESS_DECISIONS,
          CLOCK,
          JACKSON,
          "org.yaml.snakeyaml..",
          SLF4J);

  /** Vert.x says in Netty's types why a request could not be read, and that a channel is idle. */
  @ArchTest
  static final ArchRule http =
      only(
          HTTP,
          or(
              nameMatching("io\\.causa\\.replication\\.link\\.LinkFaultRule"),
              anyOf(
                  HTTP,
                  ACCESS,
                  NODE_PORT,
                  NODE_CONFIG,
                  ENGINE_API,
                  WIRE,
                  CORE_VALUES,
                  MEMBERSHIP,
                  CLOCK,
                  VERTX,
                  "io.netty.buffer..",
                  "io.netty.channel..",
                  "io.netty.handler.codec..",
                  "io.netty.handler.timeout..",
                  "io.netty.util..",
                  "javax.net.ssl..",
                  JACKSON,
                  SLF4J)));

  @ArchTest static final ArchRule client = only(CLIENT, CLIENT, VERTX, JACKSON, SLF4J);

  @ArchTest static final ArchRule history = only(HISTORY, HISTORY, JACKSON);

  @ArchTest
  static final ArchRule scenario = only(SCENARIO, SCENARIO, HISTORY, CLIENT, VERTX, JACKSON, SLF4J);

  @ArchTest static final ArchRule torture = only(TORTURE, TORTURE, HISTORY, CLIENT, VERTX);

  /** The composition root: it starts nodes and gives them their HTTP edge, and knows no insides. */
  @ArchTest
  static final ArchRule cli =
      only(
          CLI,
          or(
              nameMatching("io\\.causa\\.node\\.CausaNode(\\$.*)?"),
              nameMatching("io\\.causa\\.node\\.Backups"),
              nameMatching("io\\.causa\\.engine\\.port\\.(Renounced|Expelled|NameTaken)Exception"),
              nameMatching("io\\.causa\\.node\\.port\\.BackupOutcome(\\$.*)?"),
              nameMatching("io\\.causa\\.http\\.(Access|HttpVerticle)(\\$.*)?"),
              anyOf(
                  CLI,
                  ACCESS,
                  NODE_CONFIG,
                  SCENARIO,
                  TORTURE,
                  HISTORY,
                  CLIENT,
                  VERTX,
                  JACKSON,
                  "picocli..",
                  "ch.qos.logback..",
                  SLF4J)));

  /** Time, threads and chance are passed in, so that a simulator can drive the same classes. */
  @ArchTest
  static final ArchRule whatDecidesHasNoClockThreadOrChance =
      noClasses()
          .that()
          .resideInAnyPackage(
              CLOCK, MEMBERSHIP, IDENTITY, CORE, REPLICATION, ENGINE, ACCESS_DECISIONS)
          .should()
          .dependOnClassesThat(
              or(
                  resideInAnyPackage("java.time..", "java.io..", "java.net.."),
                  nameMatching("java\\.lang\\.(Thread|ThreadLocal|Runtime|ProcessBuilder)"),
                  nameMatching("java\\.util\\.(Random|SplittableRandom|Timer|UUID|Date)"),
                  nameMatching("java\\.util\\.random\\.RandomGeneratorFactory"),
                  nameMatching("java\\.util\\.concurrent\\.(ThreadLocalRandom|.*Executor.*)")))
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(RandomGenerator.class, "getDefault")
          .orShould()
          .callMethod(RandomGenerator.class, "of", String.class)
          .allowEmptyShould(true);

  /** A verticle lends its event loop to the engine, and knows nothing of what runs there. */
  @ArchTest
  static final ArchRule verticlesOfANodeOnlyHost =
      classes()
          .that()
          .resideInAPackage("io.causa.node")
          .and()
          .areAssignableTo(Deployable.class)
          .should()
          .onlyDependOnClassesThat(
              or(
                  nameMatching("io\\.causa\\.node\\.(.*Verticle|FailStop|VertxLoop)"),
                  resideInAnyPackage("java..", "io.causa.engine.port", VERTX)));

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class);

  @ArchTest
  static final ArchRule nobodyUsesJavaUtilLogging =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  /** Assigns each class below the package to its own package, the topmost one included. */
  private static SliceAssignment packagesOf(String topmost) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass each) {
        String name = each.getPackageName();
        return (name + ".").startsWith(topmost + ".")
            ? SliceIdentifier.of(name)
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "the packages of " + topmost;
      }
    };
  }

  private static ArchRule only(String subject, String... allowed) {
    return only(subject, anyOf(allowed));
  }

  private static ArchRule only(String subject, DescribedPredicate<? super JavaClass> allowed) {
    return classes()
        .that()
        .resideInAPackage(subject)
        .should()
        .onlyDependOnClassesThat(or(resideInAnyPackage("java.."), allowed))
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> anyOf(String... packages) {
    return resideInAnyPackage(packages);
  }
}
