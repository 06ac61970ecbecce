package io.kerf.cli;

import io.kerf.config.document.RecipeSection;
import io.kerf.config.document.RecipeSection.RegionSection;
import io.kerf.evaluation.NormalsFolder;
import io.kerf.imaging.Region;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.JobFolder;
import io.kerf.storage.Sha256;
import io.kerf.training.Learning;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.normals.Normal;
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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From a folder of good parts to a bundle. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Learns a model from images of good parts and publishes it as a bundle. Prints the bundle's folder.")
final class TrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "Images of good parts, or a data set with train/good in it.")
  private Path folder;

  @Mixin
  private DataOptions data;

  @Mixin
  private LearningOptions options;

  @Option(names = "--activate", negatable = true, description = "Make it the model in use. Default: only where there is none yet.")
  private Optional<Boolean> activate = Optional.empty();

  @Option(names = "--job", paramLabel = "DIR", description = "Job folder; a killed training goes on from the checkpoint in it. Default: a new one.")
  private Optional<Path> job = Optional.empty();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    LearningSettings settings = settings(err);
    List<GoodPart> parts = NormalsFolder.list(folder).stream().map(i -> new GoodPart(i.image(), i.group())).toList();
    Normals normals = Normals.split(parts, settings.falseRejectBudget(), settings.order().seed());
    BundleStore store = data.store();
    try (TrainingDisplay display = new TrainingDisplay(err)) {
      display.line(parts.size() + " good parts: " + normals.fit().size() + " to learn from, " + normals.partsHeldOut() + " held out to calibrate");
      LearningJob learning = LearningJob.of(settings, Clock.systemUTC(), display);
      Interrupt.stops(learning, err);
      LearningJob.Learnt learnt = learn(learning, normals, store);
      keep(parts, display);
      boolean activated = activate.orElse(store.active().isEmpty());
      if (activated) {
        String reason = activate.isPresent() ? "kerf train --activate" : "kerf train, the first model";
        store.activate(learnt.digest(), new Change(System.getProperty("user.name"), reason), Clock.systemUTC().instant());
      }
      Learning.Report report = learnt.report();
      display.line(String.format(Locale.ROOT, "Learnt in %d steps (%.0f s); rejects above a score of %.3f, at most %.3g %% of good parts. %s",
          report.finished().steps(), report.finished().seconds(), report.threshold(), 100 * settings.falseRejectBudget(),
          activated ? "It is now in use." : "Use it with: kerf models activate " + learnt.digest().substring(0, 12)));
      report.reasons().forEach(display::line);
      spec.commandLine().getOut().println(store.folder().resolve(learnt.digest()));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  /** What is not given is as the station document has it for the recipe, which is said. */
  private LearningSettings settings(PrintWriter err) {
    RecipeSection section = data.section();
    Optional<Region> region = section.region().map(one -> new Region(one.x(), one.y(), one.width(), one.height()));
    if (region.isPresent() && !options.hasRegion()) {
      RegionSection one = section.region().get();
      err.println("The station document says where the part lies: x " + one.x() + ", y " + one.y() + ", width " + one.width() + ", height " + one.height()
          + " of the image. --region says otherwise.");
    }
    if (section.falseRejects().isPresent() && !options.hasAlpha()) {
      err.println(String.format(Locale.ROOT, "The station document says that at most %.3g %% of good parts may be rejected. --alpha says otherwise.",
          100 * section.falseRejects().getAsDouble()));
    }
    return options.settings(region, section.falseRejects());
  }

  /** What it was learnt from becomes the recipe's own, so that the station can learn on from it; of a recipe of the data folder only. */
  private void keep(List<GoodPart> parts, TrainingDisplay display) throws IOException {
    Optional<RecipeImages> images = data.images();
    if (images.isEmpty()) {
      return;
    }
    NormalPool pool = images.get().normals(data.recipe());
    Set<String> there = pool.all().stream().map(Normal::image).map(TrainCommand::digest).collect(Collectors.toSet());
    int added = 0;
    for (GoodPart part : parts) {
      byte[] image = Files.readAllBytes(part.image());
      if (there.add(Sha256.of(image))) {
        String name = part.image().getFileName().toString();
        Origin origin = new Origin(Optional.empty(), part.group(), OptionalDouble.empty(), Instant.now().truncatedTo(ChronoUnit.MILLIS), System.getProperty("user.name"));
        pool.add(Sha256.of(image), Standing.ORIGINAL, image, name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), origin, images.get().thumbnail(image));
        added++;
      }
    }
    display.line(added + " of them joined the normals of recipe " + data.recipe() + (added < parts.size() ? "; the others were there." : "."));
  }

  private static String digest(Path image) {
    try {
      return Sha256.of(image);
    } catch (IOException e) {
      throw AtomicFiles.fault(image, e);
    }
  }

  /** A job folder of our own goes with a failed job; one the caller named stays, with its checkpoint. */
  private LearningJob.Learnt learn(LearningJob learning, Normals normals, BundleStore store) throws IOException {
    if (job.isPresent()) {
      return learning.learn(normals, data.recipe(), store, job.get());
    }
    try (JobFolder own = JobFolder.make(store.staging())) {
      return learning.learn(normals, data.recipe(), store, own.path());
    }
  }
}
