package io.kerf.cli;

import io.kerf.evaluation.Dataset;
import io.kerf.storage.AtomicFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures this machine: two things at a time, in turns, so that a noisy neighbour hits both. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures inspection and training on this machine.",
    subcommands = {BenchCommand.Inspect.class, BenchCommand.Step.class, BenchCommand.Story.class})
final class BenchCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  /** Options of both. */
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

  @Command(name = "story", mixinStandardHelpOptions = true, sortOptions = false,
      description = "A line over time: a set's good parts in the order of their names, judged with and without keeping the model up to date.")
  static final class Story implements Callable<Integer> {
    @Parameters(paramLabel = "SET", description = "A data set in MVTec's layout.")
    private Path set;

    @Mixin
    private LearningOptions options;

    @Option(names = "--first", paramLabel = "N", defaultValue = "150", description = "Good parts the first model learns from. Default: ${DEFAULT-VALUE}.")
    private int first;

    @Option(names = "--refit-after", paramLabel = "N", defaultValue = "50", description = "New normals after which it refits. Default: ${DEFAULT-VALUE}.")
    private int refitAfter;

    @Option(names = "--tune-after", paramLabel = "N", defaultValue = "0", description = "New normals after which it fine-tunes; 0 for never. Default: ${DEFAULT-VALUE}.")
    private int tuneAfter;

    @Option(names = "--tune-steps", paramLabel = "N", defaultValue = "150", description = "Steps of each fine-tuning. Default: ${DEFAULT-VALUE}.")
    private long tuneSteps;

    @Option(names = "--stretch", paramLabel = "N", defaultValue = "50", description = "Good parts for each point of the plot. Default: ${DEFAULT-VALUE}.")
    private int stretch;

    @Option(names = "--operator", paramLabel = "SHARE", description = "Of rejected good parts of which a person says that they are good. Default: none.")
    private Optional<Share> operator = Optional.empty();

    @Option(names = "--poison", paramLabel = "SHARE", description = "Of defective parts among the presumed normals. Default: none.")
    private Optional<Share> poison = Optional.empty();

    @Option(names = "--golden", paramLabel = "N", defaultValue = "0", description = "Defective parts in the golden set, the first by name. Default: ${DEFAULT-VALUE}.")
    private int golden;

    @Option(names = "--report", paramLabel = "DIR", defaultValue = "story", description = "Gets story.html. Default: ${DEFAULT-VALUE}.")
    private Path report;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      Path folder = Files.createTempDirectory("kerf-story");
      try {
        new StoryBench(new StoryBench.Settings(first, refitAfter, tuneAfter, tuneSteps, stretch, operator.map(Share::value).orElse(0.0), poison.map(Share::value).orElse(0.0), golden), options.settings(), folder,
            spec.commandLine().getOut()).run(Dataset.read(set), report);
      } finally {
        AtomicFiles.deleteTree(folder);
      }
      return 0;
    }
  }
}
