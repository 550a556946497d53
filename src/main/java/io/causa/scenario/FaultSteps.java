package io.causa.scenario;

import io.causa.client.LinkFault;
import java.util.List;
import java.util.Optional;

/** Plays what happens to links and nodes. */
final class FaultSteps {
  private final Stage stage;
  private final Links links;

  FaultSteps(Stage stage, Links links) {
    this.stage = stage;
    this.links = links;
  }

  /** Returns false if the step is none of these. */
  boolean play(Step step) {
    Describe describe = stage.describe();
    if (step instanceof Step.Control control) {
      String name = stage.node(control.node()).name();
      done(step, name, Describe.action(control), control(control));
    } else if (step instanceof Step.Faults faults) {
      done(step, "faults", describe.faults(faults.rules()), links.set(faults.rules()));
    } else if (step instanceof Step.AddFault fault) {
      LinkFault rule = fault.rule();
      done(step, describe.link(rule), Describe.effects(rule), links.add(rule));
    } else if (step instanceof Step.Release release) {
      done(step, describe.link(release), "release what is held", links.release(release));
    } else if (step instanceof Step.Partition partition) {
      String groups = describe.groups(partition.groups());
      done(step, "links", "cut between " + groups, links.partition(partition.groups()));
    } else if (step instanceof Step.Heal) {
      done(step, "all links", "heal", links.heal());
    } else {
      return false;
    }
    return true;
  }

  private void done(Step step, String where, String what, Optional<String> problem) {
    stage.transcript().step(where, what, "");
    problem.ifPresent(it -> stage.fail(step, List.of(it)));
  }

  private Optional<String> control(Step.Control control) {
    String name = stage.node(control.node()).name();
    NodeControl power = stage.nodes().cluster().control().orElseThrow();
    try {
      Await.result(
          switch (control.action()) {
            case STOP -> power.stop(name);
            case KILL -> power.kill(name);
            case START -> power.start(name);
          });
    } catch (IllegalStateException e) {
      return Optional.of("it failed: " + e.getMessage());
    }
    if (control.action() == Step.Action.START) {
      stage.recorder().restarted(name);
    }
    stage.nodes().mark(name, control.action() != Step.Action.START);
    return Optional.empty();
  }
}
