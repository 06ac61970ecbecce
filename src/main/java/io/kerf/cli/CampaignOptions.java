package io.kerf.cli;

import io.kerf.evaluation.Combination;
import io.kerf.evaluation.Dataset;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code evaluate} measures, and how often. */
final class CampaignOptions {
  @Option(names = "--seeds", paramLabel = "N", split = ",", description = "Evaluate once with each seed, such as 1,2,3; needs --report.")
  private List<Long> seeds = List.of();

  @Option(names = "--budgets", paramLabel = "TIME", split = ",", description = "Evaluate once with each time to train, such as 2m,5m; needs --report.")
  private List<Duration> budgets = List.of();

  @Option(names = "--normals", paramLabel = "N", description = "Learn from N of the good parts only, drawn by the seed. Default: all.")
  private Optional<Integer> normals = Optional.empty();

  @Option(names = "--light", description = "Measure as well how the verdicts bear changes of light, focus and place: 18 more judgements of every part.")
  private boolean light;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Whether a table is asked for instead of one report. @param sets how many are named */
  boolean several(int sets) {
    return sets > 1 || !seeds.isEmpty() || !budgets.isEmpty();
  }

  /** The one evaluation of a set. */
  Combination combination(Dataset set, LearningOptions options) {
    return combination(set, options.settings(), options.lengthInWords());
  }

  /** Every set with every budget and every seed, in that order. */
  List<Combination> combinations(List<Dataset> sets, LearningOptions options) {
    LearningSettings settings = options.settings();
    List<Length> lengths = budgets.isEmpty() ? List.of(settings.order().length())
        : budgets.stream().distinct().<Length>map(budget -> new Length.Budget(budget.toMillis() / 1000.0)).toList();
    List<Long> chances = seeds.isEmpty() ? List.of(settings.order().seed()) : seeds.stream().distinct().toList();
    List<Combination> all = new ArrayList<>();
    for (Dataset set : sets) {
      for (Length length : lengths) {
        for (long seed : chances) {
          all.add(combination(set, settings.withOrder(settings.order().lasting(length).seeded(seed)), LearningOptions.inWords(length)));
        }
      }
    }
    return all;
  }

  private Combination combination(Dataset set, LearningSettings settings, String budget) {
    return new Combination(set, settings, budget, normals.map(OptionalInt::of).orElse(OptionalInt.empty()), light);
  }

  /** Refuses what contradicts itself, before anything is read or learnt. */
  void check(int sets, boolean bundle, boolean report) {
    boolean several = several(sets);
    refuse(several && bundle, "--bundle measures one model on one set: without --seeds and --budgets, and with one SET.");
    refuse(normals.isPresent() && bundle, "--normals says how many parts to learn from, and a bundle given by --bundle has learnt already.");
    refuse(normals.isPresent() && normals.get() < 1, "--normals takes a number of good parts, not " + normals.orElse(0) + ".");
    refuse(several && !report, "Several evaluations make several reports: name a folder for them with --report.");
    refuse(!seeds.isEmpty() && given("--seed"), "--seed and --seeds exclude each other: name every seed in --seeds.");
    for (String one : List.of("--budget", "--steps", "--encoder-only")) {
      refuse(!budgets.isEmpty() && given(one), one + " and --budgets exclude each other.");
    }
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void refuse(boolean contradiction, String sentence) {
    if (contradiction) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }
}
