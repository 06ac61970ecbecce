package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.config.document.DocumentDifference;
import io.kerf.config.document.DocumentProblem;
import io.kerf.config.document.DocumentReader;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.DataFolder;
import io.kerf.storage.DocumentFolder;
import io.kerf.storage.DocumentFolder.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at station documents and puts them into force, whether a station runs on the data folder or not. */
@Command(name = "config", mixinStandardHelpOptions = true, description = "Checks the station document, shows the one in force, and puts another there.",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class, ConfigCommand.Diff.class, ConfigCommand.Apply.class, ConfigCommand.History.class,
        ConfigCommand.SchemaText.class})
final class ConfigCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  private static DocumentFolder folder() {
    return new DocumentFolder(new DataFolder(CommandConfig.dataFolder()).document());
  }

  private static String inForce() {
    return folder().inForce().map(Version::text).orElse("");
  }

  /** Says everything that is wrong with a text. @return whether nothing is */
  private static boolean good(Path file, byte[] text, PrintWriter err) {
    if (!(DocumentReader.read(text) instanceof DocumentReader.Reading.Bad bad)) {
      return true;
    }
    for (DocumentProblem problem : bad.problems()) {
      err.println(file + ": " + problem + " [" + problem.code() + "]");
    }
    err.println(bad.problems().size() == 1 ? "1 problem." : bad.problems().size() + " problems.");
    return false;
  }

  @Command(name = "check", mixinStandardHelpOptions = true,
      description = {"Says everything that is wrong with a station document, each with its line and path, as a station would.", "Exit code 0 where nothing is, 2 otherwise."})
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "YAML or JSON.")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      boolean allGood = true;
      for (Path file : files) {
        boolean good = good(file, Files.readAllBytes(file), spec.commandLine().getErr());
        if (good) {
          spec.commandLine().getOut().println(file + ": good");
        }
        allGood &= good;
      }
      return allGood ? 0 : Fault.EXIT_INPUT;
    }
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Prints the station document in force.")
  static final class Show implements Runnable {
    @Option(names = "--number", paramLabel = "N", description = "One that was in force before, as history lists it.")
    private Long number;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
      String text = number == null ? inForce() : folder().version(number).map(Version::text)
          .orElseThrow(() -> new FaultException(Fault.NOT_FOUND, "There is no station document with the number " + number + ". kerf config history lists them."));
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    }
  }

  @Command(name = "diff", mixinStandardHelpOptions = true, description = "Shows what a station document would change.")
  static final class Diff implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      byte[] text = Files.readAllBytes(file);
      spec.commandLine().getOut().print(DocumentDifference.between(inForce(), new String(text, StandardCharsets.UTF_8)));
      spec.commandLine().getOut().flush();
      return good(file, text, spec.commandLine().getErr()) ? 0 : Fault.EXIT_INPUT;
    }
  }

  @Command(name = "apply", mixinStandardHelpOptions = true,
      description = "Checks a station document and puts it into force: a running station takes it up within two seconds, another at its next start.")
  static final class Apply implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      byte[] text = Files.readAllBytes(file);
      if (!good(file, text, spec.commandLine().getErr())) {
        return Fault.EXIT_INPUT;
      }
      folder().write(text);
      spec.commandLine().getOut().println("Written to " + folder().file());
      return 0;
    }
  }

  @Command(name = "history", mixinStandardHelpOptions = true, description = "Lists the station documents that were in force, newest first.")
  static final class History implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
      for (Version version : folder().history()) {
        spec.commandLine().getOut().printf("%d  %s  %s  %s  %s%n", version.number(), version.at(), version.digest().substring(0, 12), version.by(), version.reason());
      }
    }
  }

  @Command(name = "schema", mixinStandardHelpOptions = true, description = "Prints the JSON Schema of the station document, for editors.")
  static final class SchemaText implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().getOut().print(DocumentReader.schema());
      spec.commandLine().getOut().flush();
    }
  }
}
