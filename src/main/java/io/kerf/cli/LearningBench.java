package io.kerf.cli;

import io.kerf.cli.SteadyLine.Part;
import io.kerf.evaluation.LabelledImage;
import io.kerf.evaluation.NormalsFolder;
import io.kerf.fault.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much later answers come while the encoder learns on, in windows with and without by turns. */
@Command(name = "learning", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Has a running station fine-tune while parts come at a fixed rate: how much later answers come. The station must have been trained by kerf train.")
final class LearningBench implements Callable<Integer> {
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final int IMAGES = 32;

  @Mixin
  private DataOptions data;

  @Option(names = "--url", paramLabel = "URL", defaultValue = "http://localhost:8080", description = "The station. Default: ${DEFAULT-VALUE}.")
  private URI url;

  @Option(names = "--images", paramLabel = "DIR", required = true, description = "Images of good parts; the first " + IMAGES + " are sent.")
  private Path images;

  @Option(names = "--rate", paramLabel = "N", defaultValue = "5", description = "Parts a second. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(names = "--window", paramLabel = "TIME", defaultValue = "40s", description = "Of each window with and without learning. Default: ${DEFAULT-VALUE}.")
  private Duration window;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "6", description = "Of one window each. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    StationClient station = new StationClient(url, data.recipe());
    station.require();
    List<byte[]> sent = new ArrayList<>();
    for (LabelledImage part : NormalsFolder.list(images).stream().limit(IMAGES).toList()) {
      sent.add(Files.readAllBytes(part.image()));
    }
    List<Part> parts;
    try (SteadyLine line = new SteadyLine(station, sent, rate).start()) {
      TimeUnit.SECONDS.sleep(5);
      for (int round = 0; round < rounds; round++) {
        line.window(2 * round + 1);
        TimeUnit.MILLISECONDS.sleep(window.toMillis());
        line.window(0);
        station.fineTune();
        await(station, "train");
        line.window(2 * round + 2);
        TimeUnit.MILLISECONDS.sleep(window.toMillis());
        line.window(0);
        station.cancelLearning();
        await(station, "");
      }
      parts = line.end();
    }
    return report(parts, spec.commandLine().getOut());
  }

  private static void await(StationClient station, String stage) throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (!station.learningStage().equals(stage)) {
      if (System.nanoTime() - began > LONGEST_START.toNanos()) {
        throw new IOException("the station did not come to the stage '" + stage + "' within " + LONGEST_START.toSeconds() + " s; it is at '" + station.learningStage() + "'");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static int report(List<Part> parts, PrintWriter out) {
    List<String> errors = parts.stream().map(Part::error).filter(error -> !error.isEmpty()).toList();
    out.printf(Locale.ROOT, "parts sent %d, answered with an error %d%n", parts.size(), errors.size());
    errors.stream().distinct().limit(5).forEach(error -> out.println("  " + error));
    new Latencies(parts, "learning").print(out);
    out.flush();
    return errors.isEmpty() ? 0 : Fault.EXIT_SOFTWARE;
  }
}
