package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.storage.DataFolder;
import io.kerf.training.weights.WeightsLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings encoder weights from elsewhere into the data folder and lists them. */
@Command(name = "weights", mixinStandardHelpOptions = true, description = "Brings in and lists encoder weights from elsewhere. Kerf ships none.",
    subcommands = {WeightsCommand.Add.class, WeightsCommand.ListWeights.class})
final class WeightsCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  private static WeightsLibrary library() {
    return new WeightsLibrary(new DataFolder(CommandConfig.dataFolder()).weights());
  }

  @Command(name = "add", mixinStandardHelpOptions = true, sortOptions = false,
      description = {"Copies or downloads a safetensors file with torchvision's ResNet-18 names, verifies it and prints where it is kept:",
          "  kerf train <folder> --start-from \"$(kerf weights add <file or URL> --sha256 <hex>)\"",
          "Whether you may use the weights is between you and whoever made them."})
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|URL", description = "A file, or an http or https address.")
    private String source;

    @Option(names = "--sha256", paramLabel = "HEX", required = true, description = "SHA-256 of the file, as told by whoever gave you the weights.")
    private String sha256;

    @Option(names = "--name", paramLabel = "NAME", description = "Name to keep it under. Default: that of the file.")
    private Optional<String> name = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter err = spec.commandLine().getErr();
      WeightsLibrary.Added added = library().add(source, sha256, name, new FetchDisplay(err));
      err.println(added.already() ? "These very weights are here already." : "Digest, names, shapes and numbers are as they should be; stored.");
      err.flush();
      spec.commandLine().getOut().println(added.weights().file());
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the weights brought in, with size and SHA-256.")
  static final class ListWeights implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      List<WeightsLibrary.Stored> all = library().list();
      if (all.isEmpty()) {
        out.println("No weights in " + new DataFolder(CommandConfig.dataFolder()).weights()
            + ". Bring some in with: kerf weights add <file or URL> --sha256 <hex>");
      }
      for (WeightsLibrary.Stored one : all) {
        out.printf(Locale.ROOT, "%-28s %6.1f MB  %s  %s%n", one.name(), one.bytes() / 1e6, one.sha256(), one.file());
      }
      out.flush();
      return 0;
    }
  }

  /** A line on standard error every two seconds. */
  private static final class FetchDisplay implements Consumer<WeightsLibrary.Progress> {
    private static final long NANOS_BETWEEN_LINES = TimeUnit.SECONDS.toNanos(2);

    private final PrintWriter err;
    private long lastLine = System.nanoTime();

    FetchDisplay(PrintWriter err) {
      this.err = err;
    }

    @Override
    public void accept(WeightsLibrary.Progress progress) {
      if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
        lastLine = System.nanoTime();
        String total = progress.totalBytes().isPresent() ? String.format(Locale.ROOT, " of %.1f", progress.totalBytes().getAsLong() / 1e6) : "";
        err.printf(Locale.ROOT, "Fetched %.1f%s MB%n", progress.bytes() / 1e6, total);
        err.flush();
      }
    }
  }
}
