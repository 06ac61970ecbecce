package io.kerf.cli;

import io.kerf.fault.Fault;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one entry: {@code serve} starts the station, every other command runs without it and starts in a fraction of the time. */
@QuarkusMain
@Command(
    name = "kerf",
    description = "Learns from good parts alone, on this machine, and judges every part.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {ServeCommand.class, TrainCommand.class, ScoreCommand.class, EvaluateCommand.class, ModelsCommand.class, RecipeCommand.class, RescoreCommand.class, 
        ReplayCommand.class, ExportCommand.class, AuditCommand.class, ConfigCommand.class, PeopleCommand.class, WeightsCommand.class, FleetCommand.class, BenchCommand.class, HealthCommand.class,
        CommandLine.HelpCommand.class, GenerateCompletion.class},
    footer = {"", "Exit codes: 0 done, 1 failed, 2 the input was at fault. Without a command, serve."})
public final class KerfMain implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec;

  /** Runs a command, or serves. */
  public static void main(String[] args) {
    System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
    System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
    boolean serves = args.length == 0 || args[0].equals("serve") && args.length == 1;
    if (serves) {
      ServeCommand.serve();
      return;
    }
    Logger.getLogger("").setLevel(Level.WARNING);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new KerfMain());
    line.getSubcommands().get("generate-completion").getCommandSpec().usageMessage().hidden(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    Converters.register(line);
    line.setExecutionExceptionHandler(new FaultPrinter());
    line.setExitCodeExceptionMapper(e -> e instanceof CommandLine.ParameterException ? Fault.EXIT_INPUT : Fault.EXIT_SOFTWARE);
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }
}
