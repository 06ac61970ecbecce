package io.kerf.cli;

import io.kerf.encoder.DjlEncoder;
import io.kerf.evaluation.Dataset;
import io.kerf.evaluation.LabelledImage;
import io.kerf.evaluation.Ranking;
import io.kerf.evaluation.StoryPage;
import io.kerf.evaluation.StoryPage.Stretch;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Generation;
import io.kerf.model.PartJudge.StageClock;
import io.kerf.model.Truth;
import io.kerf.storage.Sha256;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.continual.Relearning;
import io.kerf.training.continual.Speed;
import io.kerf.training.normals.CollectingPolicy;
import io.kerf.training.normals.GoldenSet;
import io.kerf.training.normals.NormalPool;
import io.kerf.training.normals.Origin;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A line over time: learns from the first good parts of a set, by the names of their files, and judges the others in that order, once with the
 * first model throughout and once with all that keeps a model up to date: collecting, review, refitting, fine-tuning, the gate. The trial
 * beside the model in use is left out, as it needs more parts than a set has.
 */
final class StoryBench {
  private static final String RECIPE = "story";
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * @param first good parts that the first model learns from
   * @param refitAfter new normals. @param tuneAfter new normals; 0 for never. @param tuneSteps of each fine-tuning
   * @param stretch good parts for each point of the plot
   * @param operator share of the good parts that are rejected of which a person says so
   * @param poison share of defective parts among the presumed normals, put there whatever a model says
   * @param golden defective parts, the first by name, in the golden set
   */
  record Settings(int first, int refitAfter, int tuneAfter, long tuneSteps, int stretch, double operator, double poison, int golden) {}

  private final Settings settings;
  private final LearningSettings learning;
  private final Path folder;
  private final PrintWriter out;
  private final RecipeImages images = new RecipeImages(recipe -> folder().resolve(recipe), new ImageDecoder(ImageLimits.DEFAULT));
  private final BundleStore store;
  private final NormalPool normals;
  private final GoldenSet golden;
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final Random chance = new Random(1);
  private final List<LabelledImage> poison = new ArrayList<>();
  private double poisonDue = 0.5;
  private int poisoned;
  private int parts;
  private int sinceFitted;
  private int sinceTuned;
  private int attempts;

  /** @param folder empty; holds models and normals afterwards */
  StoryBench(Settings settings, LearningSettings learning, Path folder, PrintWriter out) {
    this.settings = settings;
    this.learning = learning;
    this.folder = folder;
    this.out = out;
    this.store = new BundleStore(folder.resolve("models"));
    this.normals = images.normals(RECIPE);
    this.golden = images.golden(RECIPE);
  }

  private Path folder() {
    return folder;
  }

  void run(Dataset set, Path report) throws IOException {
    List<LabelledImage> all = Stream.concat(set.train().stream(), set.test().stream()).sorted(Comparator.comparing(image -> image.image().getFileName().toString())).toList();
    List<LabelledImage> good = all.stream().filter(image -> !image.defective()).toList();
    List<LabelledImage> bad = new ArrayList<>(all.stream().filter(LabelledImage::defective).toList());
    for (int i = 0; i < settings.golden; i++) {
      LabelledImage part = bad.remove(0);
      golden.add(Sha256.of(part.image()), Truth.BAD, Files.readAllBytes(part.image()), extension(part), origin(BEGINNING, OptionalDouble.empty()));
    }
    if (settings.poison > 0) {
      poison.addAll(bad.subList(0, bad.size() / 2));
      bad.subList(0, bad.size() / 2).clear();
    }
    String first = learnFirst(good.subList(0, settings.first));
    List<LabelledImage> stream = good.subList(settings.first, good.size());
    List<LabelledImage> end = Stream.concat(stream.subList(stream.size() - stream.size() / 4, stream.size()).stream(), bad.stream()).toList();
    tell(settings.first, stream);
    live(first, stream, end);
    String title = set.name() + ", a line over time";
    Files.createDirectories(report);
    Files.writeString(report.resolve("story.html"), StoryPage.render(title, Clock.systemUTC().instant(), stretches, learning.falseRejectBudget(), events));
    out.println(report.resolve("story.html"));
  }

  private void tell(int first, List<LabelledImage> stream) {
    say(String.format(Locale.ROOT, "Learnt from %d good parts; %d more follow, from %s to %s.", first, stream.size(), stream.get(0).image().getFileName(),
        stream.get(stream.size() - 1).image().getFileName()));
  }

  private void say(String sentence) {
    events.add(sentence);
    out.println(sentence);
    out.flush();
  }

  private static String extension(LabelledImage part) {
    String name = part.image().getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static Origin origin(Instant at, OptionalDouble pValue) {
    return new Origin(Optional.empty(), Optional.empty(), pValue, at, "story");
  }

  private String learnFirst(List<LabelledImage> good) throws IOException {
    List<GoodPart> learnt = new ArrayList<>();
    for (LabelledImage part : good) {
      byte[] image = Files.readAllBytes(part.image());
      normals.add(Sha256.of(image), Standing.ORIGINAL, image, extension(part), origin(BEGINNING, OptionalDouble.empty()), images.thumbnail(image));
      learnt.add(new GoodPart(part.image(), Optional.empty()));
    }
    Normals split = Normals.split(learnt, learning.falseRejectBudget(), learning.order().seed());
    return LearningJob.of(learning, Clock.systemUTC(), event -> {}).learn(split, RECIPE, store, folder.resolve("first")).digest();
  }

  private void live(String first, List<LabelledImage> stream, List<LabelledImage> end) throws IOException {
    CollectingPolicy policy = new CollectingPolicy(0.2, 0.5, 500, 1L << 30);
    Generation frozen = Generation.open(store.load(first), DjlEncoder.ONNX_RUNTIME, 1);
    Generation adapted = Generation.open(store.load(first), DjlEncoder.ONNX_RUNTIME, 1);
    Outcome firstEnd = judge(frozen, end);
    say(String.format(Locale.ROOT, "At the end of the story the first model: image AUROC %.4f, %d of %d defective parts found, %d of %d good ones rejected.", firstEnd.auroc(),
        firstEnd.found, firstEnd.bad, firstEnd.rejected, firstEnd.good));
    Outcome latest = firstEnd;
    int rejectedFirst = 0;
    int rejectedAdapted = 0;
    int inStretch = 0;
    for (int i = 0; i < stream.size(); i++) {
      LabelledImage part = stream.get(i);
      byte[] image = Files.readAllBytes(part.image());
      rejectedFirst += rejects(assess(frozen, image)) ? 1 : 0;
      Assessment said = assess(adapted, image);
      rejectedAdapted += rejects(said) ? 1 : 0;
      inStretch++;
      if (collected(policy, image, part, said)) {
        Generation next = adapt(adapted);
        if (next != adapted) {
          adapted.retire();
          adapted = next;
          latest = judge(adapted, end);
          say(String.format(Locale.ROOT, "Part %d: bundle %s is in use. At the end of the story: image AUROC %.4f, %d of %d defective parts found, %d of %d good ones rejected.", i + 1,
              adapted.bundle().shortDigest(), latest.auroc(), latest.found, latest.bad, latest.rejected, latest.good));
        }
      }
      if (inStretch == settings.stretch || i == stream.size() - 1) {
        stretches.add(new Stretch(part.image().getFileName().toString(), inStretch, rejectedFirst, rejectedAdapted, firstEnd.auroc(), latest.auroc()));
        say(String.format(Locale.ROOT, "Parts %d to %d (up to %s): rejected %d by the first model, %d by the adapted one.", i + 2 - inStretch, i + 1,
            part.image().getFileName(), rejectedFirst, rejectedAdapted));
        rejectedFirst = 0;
        rejectedAdapted = 0;
        inStretch = 0;
      }
    }
    say(String.format(Locale.ROOT, "In all: rejected %d by the first model, %d by the adapted ones, of %d good parts.", stretches.stream().mapToInt(Stretch::rejectedFirst).sum(),
        stretches.stream().mapToInt(Stretch::rejectedAdapted).sum(), stream.size()));
    frozen.retire();
    adapted.retire();
  }

  /** Whether a normal joined. Poison comes with it at its share. */
  private boolean collected(CollectingPolicy policy, byte[] image, LabelledImage part, Assessment said) throws IOException {
    Instant at = BEGINNING.plusSeconds(3600L * ++parts);
    if (!(said instanceof Assessment.Judged judged)) {
      return false;
    }
    if (judged.rejected()) {
      return chance.nextDouble() < settings.operator && confirmed(image, part, judged, at);
    }
    boolean joined = normals.offer(policy, Sha256.of(image), image, extension(part), origin(at, OptionalDouble.of(judged.pValue())), images.thumbnail(image))
        instanceof CollectingPolicy.Joins;
    if (!joined) {
      return false;
    }
    sinceFitted++;
    sinceTuned++;
    poisonDue += settings.poison / (1 - settings.poison);
    if (!poison.isEmpty() && poisonDue >= 1) {
      poisonDue--;
      poisoned++;
      LabelledImage spoiled = poison.remove(0);
      byte[] bytes = Files.readAllBytes(spoiled.image());
      normals.add(Sha256.of(bytes), Standing.PRESUMED, bytes, extension(spoiled), origin(at, OptionalDouble.of(0.5)), images.thumbnail(bytes));
      sinceFitted++;
      sinceTuned++;
    }
    return true;
  }

  private boolean confirmed(byte[] image, LabelledImage part, Assessment.Judged judged, Instant at) {
    normals.add(Sha256.of(image), Standing.CONFIRMED, image, extension(part), origin(at, OptionalDouble.of(judged.pValue())), images.thumbnail(image));
    sinceFitted++;
    sinceTuned++;
    return true;
  }

  private Generation adapt(Generation active) throws IOException {
    boolean tune = settings.tuneAfter > 0 && sinceTuned >= settings.tuneAfter;
    if (!tune && sinceFitted < settings.refitAfter) {
      return active;
    }
    Speed speed = tune ? Speed.FINE_TUNE : Speed.REFIT;
    sinceFitted = 0;
    sinceTuned = tune ? 0 : sinceTuned;
    long began = System.nanoTime();
    Relearning relearning = new Relearning(normals, golden, store, Clock.systemUTC(), event -> {});
    Bundle parent = active.bundle();
    Relearning.Judged judged = relearning.learn(parent, new Relearning.Order(RECIPE, speed, new Length.Steps(settings.tuneSteps), learning.order().threads(),
        learning.order().memoryBytes(), folder.resolve("attempt-" + ++attempts)));
    say(String.format(Locale.ROOT, "%s with %d parts learnt from, %d calibrating, %d doubtful left out: %s (%.0f s)", speed.label(), judged.learntFrom(), judged.heldOut(),
        judged.doubtful(), judged.gate().passed() ? "passed the gate." : "refused: " + String.join(" ", judged.gate().objections()), (System.nanoTime() - began) / 1e9));
    say("  " + poisonLeft());
    return judged.gate().passed() ? Generation.open(store.load(judged.digest()), DjlEncoder.ONNX_RUNTIME, 1) : active;
  }

  private String poisonLeft() {
    long presumed = normals.all().stream().filter(normal -> normal.standing() == Standing.PRESUMED).count();
    long doubtful = normals.all().stream().filter(normal -> normal.standing() == Standing.DOUBTFUL).count();
    return presumed + " presumed normals, " + doubtful + " doubtful ones; " + poisoned + " defective parts were slipped in so far.";
  }

  private static Assessment assess(Generation generation, byte[] image) {
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      int needed = lease.bundle().manifest().preprocessing().neededShortSidePx();
      return lease.judge().assess(new ImageDecoder(ImageLimits.DEFAULT).decode(image, needed).picture(), StageClock.NONE);
    }
  }

  private static boolean rejects(Assessment said) {
    return !(said instanceof Assessment.Judged judged) || judged.rejected();
  }

  private record Outcome(double[] goodScores, double[] badScores, int good, int rejected, int bad, int found) {
    double auroc() {
      return new Ranking(goodScores, badScores).auroc().orElse(Double.NaN);
    }
  }

  private static Outcome judge(Generation generation, List<LabelledImage> end) throws IOException {
    List<Double> good = new ArrayList<>();
    List<Double> bad = new ArrayList<>();
    int rejected = 0;
    int found = 0;
    for (LabelledImage part : end) {
      Assessment said = assess(generation, Files.readAllBytes(part.image()));
      (part.defective() ? bad : good).add(said instanceof Assessment.Judged judged ? judged.score() : Double.MAX_VALUE);
      rejected += !part.defective() && rejects(said) ? 1 : 0;
      found += part.defective() && rejects(said) ? 1 : 0;
    }
    return new Outcome(good.stream().mapToDouble(d -> d).toArray(), bad.stream().mapToDouble(d -> d).toArray(), good.size(), rejected, bad.size(), found);
  }
}
