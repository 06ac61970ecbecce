package io.kerf.cli;

import io.kerf.encoder.DjlEncoder;
import io.kerf.evaluation.LabelledImage;
import io.kerf.evaluation.NormalsFolder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Preprocessing;
import io.kerf.model.BundleStore;
import io.kerf.storage.JobFolder;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Lesson;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.TrainingOrder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures this machine: two things at a time, in turns, so that a noisy neighbour hits both. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures inspection, training and changes of the model on this machine.",
    subcommands = {BenchCommand.Inspect.class, BenchCommand.Step.class, BenchCommand.Swaps.class, LearningBench.class, StoryCommand.class, BenchCommand.Searches.class,
        FleetBench.class})
final class BenchCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  /** Options of those that take turns. */
  static final class Rounds {
    @Option(names = "--size", paramLabel = "PX", defaultValue = "256", description = "Network input. Default: ${DEFAULT-VALUE}.")
    int sizePx;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "30", description = "Turns of each. Default: ${DEFAULT-VALUE}.")
    int rounds;
  }

  @Command(name = "inspection", mixinStandardHelpOptions = true,
      description = "One inspection, from JPEG to stored verdict with heat map, against the bare encoder forward in ONNX Runtime.")
  static final class Inspect implements Callable<Integer> {
    @Mixin
    private Rounds options;

    @Option(names = "--per-round", paramLabel = "N", defaultValue = "20", description = "Of each per turn. Default: ${DEFAULT-VALUE}.")
    private int perRound;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      try (InspectionBench bench = InspectionBench.open(options.sizePx)) {
        Turns turns = new Turns("inspection", () -> bench.inspect(perRound), "bare forward", () -> bench.forward(perRound), perRound);
        turns.run(options.rounds, spec.commandLine().getOut());
        bench.printStages(spec.commandLine().getOut());
      }
      return 0;
    }
  }

  @Command(name = "step", mixinStandardHelpOptions = true,
      description = "One training step, against the same network and optimiser in Python torch.")
  static final class Step implements Callable<Integer> {
    @Mixin
    private Rounds options;

    @Option(names = "--images-per-step", paramLabel = "N", defaultValue = "16", description = "Before the three ways. Default: ${DEFAULT-VALUE}.")
    private int images;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Of each. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--python", paramLabel = "FILE", defaultValue = "/usr/bin/python3", description = "A Python with torch and torchvision. Default: ${DEFAULT-VALUE}.")
    private String python;

    @Option(names = "--script", paramLabel = "FILE", defaultValue = "src/bench/torch_step.py", description = "The peer. Default: ${DEFAULT-VALUE}.")
    private String script;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      try (StepPeer own = StepPeer.own(options.sizePx, images, threads); StepPeer torch = StepPeer.python(python, script, options.sizePx, 3 * images, threads)) {
        new Turns("Kerf step", () -> own.steps(2), "Python torch step", () -> torch.steps(2), 2).run(options.rounds, spec.commandLine().getOut());
      }
      return 0;
    }
  }

  @Command(name = "swaps", mixinStandardHelpOptions = true, description = {
      "Swaps two models of a running station while parts come at a fixed rate: what is lost, what is judged by the wrong model, how much later answers come,",
      "and whether its memory grows. Exit code 1 where a part is lost, a verdict is wrong, or a swap is refused."})
  static final class Swaps implements Callable<Integer> {
    /** Enough for the one step that leaves an encoder nearly random; what a swap costs does not depend on it. */
    private static final int STEPS = 1;
    private static final double FALSE_REJECT_BUDGET = 0.05;
    private static final int IMAGES = 32;

    @Mixin
    private DataOptions data;

    @Option(names = "--url", paramLabel = "URL", defaultValue = "http://localhost:8080", description = "The station. Default: ${DEFAULT-VALUE}.")
    private URI url;

    @Option(names = "--pid", paramLabel = "PID", description = "Its process, to read its memory. Default: memory is not read.")
    private Optional<Long> pid = Optional.empty();

    @Option(names = "--images", paramLabel = "DIR", required = true, description = "Images of good parts; the first " + IMAGES + " are sent.")
    private Path images;

    @Option(names = "--learn", description = "Make two models of these images first, in the data folder of the station. Default: the two newest of the recipe.")
    private boolean learn;

    @Option(names = "--size", paramLabel = "PX", defaultValue = "256", description = "Network input of those. Default: ${DEFAULT-VALUE}.")
    private int sizePx;

    @Option(names = "--swaps", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}.")
    private int swaps;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "10", description = "Parts a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--window", paramLabel = "TIME", defaultValue = "20s", description = "Of each window with and without swaps. Default: ${DEFAULT-VALUE}.")
    private Duration window;

    @Option(names = "--every", paramLabel = "TIME", defaultValue = "1s", description = "From the begin of a swap to that of the next. Default: ${DEFAULT-VALUE}.")
    private Duration every;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      StationClient station = new StationClient(url, data.recipe());
      station.require();
      List<Path> files = NormalsFolder.list(images).stream().map(LabelledImage::image).toList();
      List<String> models = learn ? List.of(learnt(files, 1), learnt(files, 2)) : station.models();
      if (models.size() < 2) {
        throw new FaultException(Fault.BUNDLE_NOT_FOUND, "Recipe " + data.recipe() + " has fewer than two models to swap. Train two, or give --learn.");
      }
      List<byte[]> sent = new ArrayList<>();
      for (Path file : files.subList(0, Math.min(IMAGES, files.size()))) {
        sent.add(Files.readAllBytes(file));
      }
      SwapBench.Settings settings = new SwapBench.Settings(swaps, rate, window, every, pid.map(OptionalLong::of).orElse(OptionalLong.empty()));
      return new SwapBench(station, sent, models.subList(0, 2), settings, spec.commandLine().getOut()).run() ? 0 : Fault.EXIT_SOFTWARE;
    }

    private String learnt(List<Path> files, long seed) throws IOException {
      TrainingOrder order = TrainingOrder.of(Lesson.dense(), Preprocessing.ofSize(sizePx), new Length.Steps(STEPS), seed, Runtime.getRuntime().availableProcessors());
      Normals normals = Normals.split(files.stream().map(file -> new GoodPart(file, Optional.empty())).toList(), FALSE_REJECT_BUDGET, seed);
      BundleStore store = data.store();
      try (JobFolder job = JobFolder.make(store.staging())) {
        return LearningJob.of(LearningSettings.of(order, FALSE_REJECT_BUDGET, DjlEncoder.ONNX_RUNTIME), Clock.systemUTC(), event -> {})
            .learn(normals, data.recipe(), store, job.path()).digest();
      }
    }
  }

  @Command(name = "search", mixinStandardHelpOptions = true, description = {
      "Records verdicts of a made-up line in a scratch database and searches it: milliseconds of each kind of search, of recording and of deleting.",
      "Exit code 1 where the p99 of a search is above --limit."})
  static final class Searches implements Callable<Integer> {
    @Option(names = "--verdicts", paramLabel = "N", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}.")
    private int verdicts;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "100", description = "Of each search. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--limit", paramLabel = "MS", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.")
    private double limitMillis;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      try (SearchBench bench = new SearchBench(verdicts, spec.commandLine().getOut())) {
        bench.record();
        double slowest = bench.search(rounds);
        bench.delete();
        return slowest <= limitMillis ? 0 : Fault.EXIT_SOFTWARE;
      }
    }
  }
}
