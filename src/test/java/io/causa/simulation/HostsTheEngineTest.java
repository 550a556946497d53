package io.causa.simulation;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The simulation runs the engine of a node. A class of it that drives the core itself would be a
 * copy of the engine, and a copy drifts.
 */
@AnalyzeClasses(packages = "io.causa.simulation")
class HostsTheEngineTest {

  @ArchTest
  static final ArchRule whatTheEngineDrivesIsDrivenByTheEngineOnly =
      noClasses()
          .that()
          .resideInAPackage("io.causa.simulation..")
          .and()
          .resideOutsideOfPackage("io.causa.simulation.mutants..")
          .should()
          .dependOnClassesThat(
              nameMatching(
                  "io\\.causa\\.(core(\\.store)?\\.(Store|CommitPipeline)|replication\\.(Replicator|Inbox))"));
}
