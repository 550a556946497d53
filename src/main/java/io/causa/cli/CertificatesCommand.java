package io.causa.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code causa certificates}. */
@Command(
    name = "certificates",
    mixinStandardHelpOptions = true,
    description = {
      "Makes an authority and certificates for tests: ca.pem, node.pem and one for each client, each"
          + " with its key beside it. They are good for a year.",
      "",
      "For anything but tests, take the certificates of an authority that you trust."
    },
    footer = {
      "",
      "Example:",
      "  causa certificates tls --host causa.example --host 10.0.0.7 --client reports",
      "  causa node --set tls.certificate=tls/node.pem --set tls.key=tls/node.key",
      "  causa --node https://causa.example:5001 status --tls-ca tls/ca.pem"
    },
    sortOptions = false)
final class CertificatesCommand implements Callable<Integer> {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Where the files go.")
  Path directory;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "A name or address by which clients reach nodes. Repeatable (default: localhost,"
              + " 127.0.0.1, ::1).")
  List<String> hosts = List.of("localhost", "127.0.0.1", "::1");

  @Option(
      names = "--client",
      paramLabel = "NAME",
      description = "A client that gets a certificate, CN=NAME. Repeatable.")
  List<String> clients = List.of();

  @Override
  public Integer call() {
    clients.forEach(this::check);
    if (Files.exists(directory.resolve("ca.pem"))) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s has an authority already (ca.pem), and nothing is overwritten; choose another directory"
              .formatted(directory));
    }
    try {
      List<Path> files = new TestAuthority(directory).make(hosts, clients);
      files.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (IOException failed) {
      throw new CommandFailure(ExitCode.USAGE, failed.getMessage(), failed);
    }
  }

  private void check(String client) {
    if (!client.matches(NAME) || client.equals("ca") || client.equals("node")) {
      throw new ParameterException(
          spec.commandLine(), "--client %s cannot name a file and a client here".formatted(client));
    }
  }
}
