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

/** A line over time; see {@link StoryBench}. */
@Command(name = "story", mixinStandardHelpOptions = true, sortOptions = false,
    description = "A line over time: a set's good parts in the order of their names, judged with and without keeping the model up to date.")
final class StoryCommand implements Callable<Integer> {
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
      StoryBench.Settings settings = new StoryBench.Settings(first, refitAfter, tuneAfter, tuneSteps, stretch, operator.map(Share::value).orElse(0.0),
          poison.map(Share::value).orElse(0.0), golden);
      new StoryBench(settings, options.settings(), folder, spec.commandLine().getOut()).run(Dataset.read(set), report);
    } finally {
      AtomicFiles.deleteTree(folder);
    }
    return 0;
  }
}
