package io.causa.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells failures to people: one line for what can be expected, the whole trace for a defect. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("causa: " + wrong.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.println("`%s --help` tells more.".formatted(command.getCommandSpec().qualifiedName()));
    }
    return ExitCode.USAGE;
  }

  private static boolean isJson(ParseResult parsed) {
    return parsed.asCommandLineList().stream()
        .anyMatch(one -> one.getParseResult().hasMatchedOption("--json"));
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    if (thrown instanceof CommandFailure failure) {
      if (isJson(parsed)) {
        AnswerPrinter.failure(command.getErr(), failure.getMessage());
      } else {
        command.getErr().println("causa: " + failure.getMessage());
      }
      return failure.exitCode();
    }
    command.getErr().println("causa: a defect of Causa itself; please report the lines below");
    thrown.printStackTrace(command.getErr());
    return ExitCode.INTERNAL;
  }
}
