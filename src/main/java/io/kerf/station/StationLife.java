package io.kerf.station;

import io.kerf.config.KerfConfig;
import io.kerf.config.KerfConfig.Demo;
import io.kerf.config.document.SourcesSection;
import io.kerf.config.document.StationDocument;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Fit;
import io.kerf.imaging.Photometric;
import io.kerf.imaging.Preprocessing;
import io.kerf.inspection.Inspector;
import io.kerf.inspection.store.InspectionRecorded;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.model.ActiveModels;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Drain;
import io.kerf.model.Generation;
import io.kerf.station.StationStatus.Mode;
import io.kerf.station.StationStatus.Model;
import io.kerf.station.StationStatus.Phase;
import io.kerf.station.StationStatus.RecipeInUse;
import io.kerf.station.document.DocumentApplied;
import io.kerf.station.document.StationDocuments;
import io.kerf.station.document.StationSettings;
import io.kerf.station.learning.Learner;
import io.kerf.station.plans.PlanKeeper;
import io.kerf.station.plans.PlanState;
import io.kerf.station.recipe.ModelsAtHand;
import io.kerf.station.recipe.RecipeBook;
import io.kerf.station.recipe.RecipeKeeper;
import io.kerf.storage.DataFolder;
import io.kerf.storage.JobFolder;
import io.kerf.storage.RecipeName;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Lesson;
import io.kerf.training.TrainingOrder;
import io.kerf.training.normals.RecipeImages;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The station from start to stop: loads the models of its recipes, follows their activation, and runs the demo line while nothing else
 * is set up.
 */
@ApplicationScoped
final class StationLife implements StationMonitor {
  private static final Logger LOG = Logger.getLogger(StationLife.class);
  private static final int AFTER_STORAGE = Interceptor.Priority.APPLICATION;

  private final KerfConfig config;
  private final StationDocuments documents;
  private final StationSettings settings;
  private final DataFolder folder;
  private final ActiveModels models;
  private final Inspector inspector;
  private final Clock clock;
  private final RecipeImages images;
  private final InspectionStore inspections;
  private final SwapWatch swaps;
  private final Collector collector;
  private final Learner learner;
  private final PlanKeeper plans;
  private final RecipeBook book;
  private final RecipeKeeper keeper;
  private final ModelsAtHand atHand;
  private final Set<String> overdue = ConcurrentHashMap.newKeySet();
  private volatile Optional<DemoLine> demo = Optional.empty();
  private volatile boolean started;

  StationLife(KerfConfig config, StationDocuments documents, StationSettings settings, DataFolder folder, ActiveModels models, Inspector inspector, Clock clock, RecipeImages images, Reviews reviews,
      Learner learner, PlanKeeper plans, InspectionStore inspections, RecipeBook book, RecipeKeeper keeper, ModelsAtHand atHand) {
    this.config = config;
    this.documents = documents;
    this.settings = settings;
    this.folder = folder;
    this.models = models;
    this.inspector = inspector;
    this.clock = clock;
    this.images = images;
    this.learner = learner;
    this.plans = plans;
    this.inspections = inspections;
    this.book = book;
    this.keeper = keeper;
    this.atHand = atHand;
    this.collector = new Collector(reviews, settings::collecting).start();
    this.swaps = new SwapWatch(recipe -> models.current(recipe).map(generation -> generation.bundle().digest()), models::sendBack, settings::watchedParts,
        task -> new Thread(task, "swap-watch").start());
  }

  /** Each verdict counts for or against the model that is in use, and a part that passes may join the normals. */
  void recorded(@Observes InspectionRecorded recorded) {
    swaps.saw(recorded.stored().inspection());
    collector.saw(recorded.stored());
    learner.saw(recorded.stored());
  }

  void start(@Observes @Priority(AFTER_STORAGE) StartupEvent event) {
    documents.open();
    book.open(documents.inForce());
    sweepStaging();
    List<String> recipes = recipes();
    recipes.forEach(this::sweep);
    recipes.forEach(models::see);
    // Of the others, as many as memory allows are loaded meanwhile.
    models.open(shown(recipes));
    LOG.info(plans.state(shown(recipes)).words());
    if (demoIsDue(recipes)) {
      models.open(DemoLine.RECIPE);
      startDemo(config.demo());
    }
    learner.start();
    documents.announce();
    started = true;
  }

  private void sweepStaging() {
    try {
      JobFolder.sweep(folder.recipeStaging());
    } catch (IOException e) {
      LOG.warnf("What was left of recipes that were being made or removed could not be deleted: %s", e.getMessage());
    }
  }

  /** A station that has anything of its own to look at shows that. */
  private boolean demoIsDue(List<String> recipes) {
    return config.demo().enabled() && recipeWithOwnModel(recipes).isEmpty() && documents.document().sources().equals(SourcesSection.DEFAULT);
  }

  /** What killed processes left costs room, no more. */
  private void sweep(String recipe) {
    try {
      new BundleStore(folder.models(recipe)).sweep();
    } catch (IOException | FaultException e) {
      LOG.warnf("What was left half done among the models of recipe %s could not be deleted: %s", recipe, e.getMessage());
    }
  }

  private void startDemo(Demo settings) {
    Preprocessing look = Preprocessing.square(settings.sizePx(), Fit.CENTRE_CROP, Optional.empty(), Photometric.perImage());
    TrainingOrder order = TrainingOrder.of(Lesson.dense(), look, new Length.Budget(settings.trainingBudget().toMillis() / 1000.0), 1,
        Runtime.getRuntime().availableProcessors());
    LearningSettings learning = LearningSettings.of(order, settings.falseRejectBudget(), config.engine().name());
    DemoLine line = new DemoLine(inspector, models, new BundleStore(folder.models(DemoLine.RECIPE)), images, folder.staging(), learning,
        new DemoLine.Pace(settings.parts(), settings.collectEvery(), settings.judgeEvery(), settings.defectShare()), clock);
    demo = Optional.of(line);
    Thread thread = new Thread(line, "demo-line");
    thread.setDaemon(true);
    thread.start();
    LOG.info("No station is set up, so the demo line runs. Watch it on the page.");
  }

  /** Takes up what {@code kerf models activate} or a training has made active; checks a small file per recipe. */
  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void followActivation() {
    if (!started) {
      return;
    }
    List<String> recipes = recipes();
    book.look();
    keeper.tick(recipes);
    recipes.forEach(this::alarmWhereFramesDoNotLetGo);
    if (demo.isPresent() && !demoIsDue(recipes)) {
      LOG.info("The station has a model or a source of its own now, so the demo line ends.");
      demo.get().close();
      demo = Optional.empty();
    }
  }

  /** Which recipes there are is followed at once; their models follow on the thread that loads models. */
  void follow(@Observes DocumentApplied applied) {
    book.follow(applied.now());
    atHand.afterwards(() -> keeper.tick(recipes()));
  }

  /** Takes up a station document that was written by hand. */
  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void followDocument() {
    if (started) {
      documents.look();
    }
  }

  /** What is decided waits for nothing that changes faster. */
  @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void learn() {
    if (started) {
      List<String> recipes = recipes();
      learner.tick(recipes);
      plans.tick(recipes);
    }
  }

  /** Once for each time it happens. */
  private void alarmWhereFramesDoNotLetGo(String recipe) {
    Optional<Drain.Overdue> held = models.overdue(recipe);
    if (held.isEmpty()) {
      overdue.remove(recipe);
    } else if (overdue.add(recipe)) {
      LOG.error(held.get().sentence());
    }
  }

  /** {@code default} before others. */
  private Optional<String> recipeWithOwnModel(List<String> recipes) {
    return Stream.concat(Stream.of(RecipeName.DEFAULT), recipes.stream())
        .filter(recipe -> !recipe.equals(DemoLine.RECIPE) && new BundleStore(folder.models(recipe)).hasActive()).findFirst();
  }

  /** The recipe in use; where nothing names one, one that has a model. */
  private String shown(List<String> recipes) {
    return namesRecipes() ? book.inUse() : recipeWithOwnModel(recipes).orElse(RecipeName.DEFAULT);
  }

  private boolean namesRecipes() {
    StationDocument document = documents.document();
    return book.present().chosen() || document.startWith().isPresent() || !document.recipes().equals(StationDocument.EMPTY.recipes());
  }

  void stop(@Observes ShutdownEvent event) {
    demo.ifPresent(DemoLine::close);
    collector.close();
    learner.close();
    plans.close();
    atHand.close();
  }

  private List<String> recipes() {
    try {
      return folder.recipes();
    } catch (FaultException e) {
      LOG.error(e.detail());
      return List.of();
    }
  }

  @Override
  public StationStatus status() {
    Optional<DemoLine> running = demo;
    String recipe = running.isPresent() ? DemoLine.RECIPE : shown(recipes());
    Optional<Model> model = models.current(recipe).map(generation -> model(generation, plans.state(recipe)));
    return running.map(line -> new StationStatus(settings.name(), Mode.DEMO, line.phase(), recipe, Optional.empty(), line.message(), line.collecting(), line.training(),
        model, line.truth())).orElseGet(() -> station(recipe, model));
  }

  private StationStatus station(String recipe, Optional<Model> model) {
    List<String> notes = new ArrayList<>(List.of(judging(recipe, model)));
    models.overdue(recipe).map(Drain.Overdue::sentence).ifPresent(notes::add);
    notes.addAll(keeper.conditions(recipe));
    inspections.shortage().ifPresent(notes::add);
    documents.safeMode().map(StationDocuments.SafeMode::sentence).ifPresent(notes::add);
    RecipeBook.InUse present = book.present();
    Optional<RecipeInUse> inUse = namesRecipes() ? Optional.of(new RecipeInUse(book.section(recipe).title(), present.since(), present.by())) : Optional.empty();
    return new StationStatus(settings.name(), Mode.STATION, model.isPresent() ? Phase.JUDGING : Phase.WAITING, recipe, inUse, String.join(" ", notes), Optional.empty(),
        Optional.empty(), model, Optional.empty());
  }

  private String judging(String recipe, Optional<Model> model) {
    if (model.isPresent()) {
      return "Judging parts of recipe " + recipe + ".";
    }
    return new BundleStore(folder.models(recipe)).hasActive() ? "The model of recipe " + recipe + " is not loaded, so its parts are not judged."
        : "Recipe " + recipe + " has no model, so no part is judged. Train one from good parts: kerf train <folder> --recipe " + recipe;
  }

  private static Model model(Generation generation, PlanState plan) {
    Bundle bundle = generation.bundle();
    var manifest = bundle.manifest();
    var calibration = bundle.rules().calibration();
    return new Model(bundle.digest(), manifest.createdAt(), manifest.provenance().encoder(), generation.engine(), plan,
        manifest.preprocessing().widthPx(), manifest.preprocessing().heightPx(), manifest.density(), manifest.provenance().normals(), manifest.provenance().heldOut(), calibration.falseRejectBudget(), calibration.threshold(),
        generation.light().drift());
  }
}
