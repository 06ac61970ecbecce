package io.kerf.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures this machine: two things at a time, in turns, so that a noisy neighbour hits both. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures inspection and training on this machine.",
    subcommands = {BenchCommand.Inspect.class, BenchCommand.Step.class})
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
}
