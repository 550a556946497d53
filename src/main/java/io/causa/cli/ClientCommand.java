package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that is one request to one node. */
abstract class ClientCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin NodeTarget target = new NodeTarget();

  /**
   * @throws picocli.CommandLine.ParameterException if the words do not go together
   */
  void check() {}

  /** The request. */
  abstract Future<Answer> ask(CausaClient client);

  /** Shows the answer that the command hoped for, and tells its exit code. */
  abstract int show(Answer answer, AnswerPrinter printer);

  @Override
  public Integer call() throws InterruptedException {
    check();
    Vertx vertx = ClientVertx.start();
    try (CausaClient client = open(vertx)) {
      return show(fromNode(ClientVertx.await(ask(client))), printer());
    } finally {
      vertx.close();
    }
  }

  final AnswerPrinter printer() {
    return new AnswerPrinter(
        spec.commandLine().getOut(), spec.commandLine().getErr(), target.isJson());
  }

  /** Every answer of a node has its clock. Without it even a 200 or a 404 means nothing. */
  private static Answer fromNode(Answer answer) {
    boolean marked = answer.marks().clock() != null || answer.marks().context() != null;
    if (marked || answer instanceof Answer.Unreachable || answer instanceof Answer.Refused) {
      return answer;
    }
    return new Answer.Refused(
        answer instanceof Answer.Absent ? 404 : 200,
        AnswerPrinter.UNREADABLE,
        "The answer is not what a node answers",
        "it has no Causa-Clock",
        answer.marks());
  }

  private CausaClient open(Vertx vertx) {
    String url = target.url();
    try {
      return target.open(vertx);
    } catch (IllegalArgumentException notAnAddress) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--node %s is no address of a node, expected is for example %s"
              .formatted(url, NodeTarget.DEFAULT_URL),
          notAnAddress);
    }
  }
}
