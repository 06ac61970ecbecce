package io.kerf.station.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.TestConfig;
import io.kerf.device.Device;
import io.kerf.device.SystemTree;
import io.kerf.encoder.DjlEncoder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.inspection.store.EvidenceFolder;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.station.learning.Job.State;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.DataFolder;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.SyntheticParts;
import io.kerf.training.TrainingOrder;
import io.kerf.training.continual.Speed;
import io.kerf.training.continual.TrainingDecision;
import io.kerf.training.continual.TrainingDecision.Hindrance;
import io.kerf.training.normals.NormalPool;
import io.kerf.training.normals.Origin;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** A station's own learning, with a random encoder: refits that really run, in a data folder as a station has it. */
class LearnerTest {
  private static final String RECIPE = "disc";

  @TempDir
  private static Path shared;
  private static String first;
  private static String second;

  @TempDir
  private Path root;
  private DataFolder folder;
  private BundleStore store;
  private RecipeImages images;
  private ActiveModels models;
  private JobStore jobs;
  private final SQLiteDataSource dataSource = new SQLiteDataSource();
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
  private final List<Changed> told = Collections.synchronizedList(new ArrayList<>());
  private final List<Learner> learners = new ArrayList<>();

  @BeforeAll
  static void learnTwo() throws Exception {
    List<GoodPart> parts = SyntheticParts.good(shared.resolve("good"), 40, 1).stream().map(f -> new GoodPart(f, Optional.empty())).toList();
    BundleStore made = new BundleStore(shared.resolve("models"));
    first = learnt(made, parts, 3);
    second = learnt(made, parts, 4);
  }

  private static String learnt(BundleStore made, List<GoodPart> parts, long seed) throws IOException {
    LearningSettings settings = LearningSettings.of(TrainingOrder.pooled(64, new Length.Untrained(), seed, 1), 0.2, DjlEncoder.ONNX_RUNTIME);
    return LearningJob.of(settings, Clock.systemUTC(), event -> {}).learn(Normals.split(parts, 0.2, seed), RECIPE, made, shared.resolve("job" + seed)).digest();
  }

  @BeforeEach
  void station() throws Exception {
    folder = new DataFolder(root).open();
    store = new BundleStore(folder.models(RECIPE));
    for (String digest : List.of(first, second)) {
      Path copy = Files.createDirectories(store.folder().resolve(digest));
      try (Stream<Path> files = Files.list(shared.resolve("models").resolve(digest))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    dataSource.setUrl("jdbc:sqlite:" + folder.database() + "?journal_mode=WAL&busy_timeout=5000");
    Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
    jobs = new JobStore(dataSource);
    images = new RecipeImages(folder::recipe, decoder);
    models = new ActiveModels(recipe -> new BundleStore(folder.models(recipe)), DjlEncoder.ONNX_RUNTIME, 1);
    models.activate(RECIPE, first, new Change("ann", ""));
    for (Path file : SyntheticParts.good(shared.resolve("good"), 40, 1)) {
      put("a" + stem(file), file, Standing.ORIGINAL, Instant.EPOCH);
    }
  }

  @AfterEach
  void end() {
    learners.forEach(Learner::close);
    models.close();
    folder.close();
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replace(".png", "");
  }

  private void put(String id, Path file, Standing standing, Instant at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    images.normals(RECIPE).add(id, standing, bytes, "png", new Origin(Optional.empty(), Optional.empty(), OptionalDouble.of(0.5), at, "test"), images.thumbnail(bytes));
  }

  private void collect(int many) throws IOException {
    for (Path file : SyntheticParts.good(root.resolve("more"), many, 77)) {
      put("b" + stem(file), file, Standing.PRESUMED, Instant.now());
    }
  }

  private Learner learner(String... settings) {
    Map<String, String> all = new HashMap<>(Map.of("kerf.learn.cron", "off", "kerf.learn.fine-tune-after", "0", "kerf.learn.refit-after", "8", "kerf.learn.shadow-parts", "0",
        "kerf.learn.least-free", "1M"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    InspectionStore inspections = new InspectionStore(dataSource, new EvidenceFolder(folder.evidence()), recorded -> {});
    Learner learner = new Learner(TestConfig.of(all).engine(), recipe -> TestConfig.of(all).learn(), folder, models, images, inspections, decoder, jobs, new Device(root.resolve("device"), System::nanoTime),
        Clock.systemUTC(), System::nanoTime, told::add);
    learners.add(learner);
    return learner;
  }

  private Job last() {
    return jobs.of(RECIPE, 1).get(0);
  }

  private String inUse() {
    return models.current(RECIPE).orElseThrow().bundle().digest();
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(until);
      Thread.sleep(50);
    }
  }

  @Test
  void enoughNewNormalsMakeACandidateThatIsPromoted() throws Exception {
    Learner learner = learner();
    learner.start();
    learner.tick(List.of(RECIPE));
    assertThat(jobs.of(RECIPE, 9)).isEmpty();
    collect(10);
    learner.tick(List.of(RECIPE));
    assertThat(last()).satisfies(job -> {
      assertThat(job.speed()).isEqualTo(Speed.REFIT);
      assertThat(job.why()).isEqualTo("10 new normals");
      assertThat(job.parent()).isEqualTo(first);
    });
    assertThat(learner.status(RECIPE).running()).isPresent();
    assertThatThrownBy(() -> learner.ask(RECIPE, Speed.REFIT, "ann")).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.LEARNING_REFUSED));
    await(() -> last().state().over());
    assertThat(last().detail()).hasValueSatisfying(detail -> assertThat(detail).startsWith("Of 0 parts"));
    assertThat(last().state()).isEqualTo(State.PROMOTED);
    assertThat(inUse()).isEqualTo(last().candidate().orElseThrow()).isNotEqualTo(first);
    assertThat(store.history().get(1).reason()).isEqualTo("refit, 10 new normals");
    assertThat(told).extracting(Changed::action).containsExactly(Action.LEARNING_STARTED, Action.LEARNING_ENDED, Action.CANDIDATE_PROMOTED);
    assertThat(folder.jobs().resolve(last().id())).doesNotExist();
    learner.tick(List.of(RECIPE));
    assertThat(jobs.of(RECIPE, 9)).as("nothing new since").hasSize(1);
  }

  @Test
  void aPersonDecidesWherePeopleDecideAndAnotherModelMakesTheCandidateObsolete() throws Exception {
    Learner learner = learner("kerf.learn.promotion", "BY_HAND", "kerf.learn.refit-after", "0");
    learner.ask(RECIPE, Speed.REFIT, "ann");
    await(() -> last().state() == State.READY || last().state().over());
    assertThat(last().state()).isEqualTo(State.READY);
    assertThat(last().by()).isEqualTo("ann");
    String candidate = last().candidate().orElseThrow();
    assertThat(inUse()).isEqualTo(first);
    assertThat(((TrainingDecision.Stay) learner.status(RECIPE).decision()).hindrances()).as("what waits does not keep a newer one away")
        .doesNotContain(Hindrance.CANDIDATE_ON_TRIAL);
    learner.close();

    Learner again = learner("kerf.learn.promotion", "BY_HAND");
    again.start();
    assertThat(again.status(RECIPE).candidate()).as("it waits over a restart").hasValueSatisfying(one -> assertThat(one.job().candidate()).hasValue(candidate));
    Job waiting = last();
    models.activate(RECIPE, second, new Change("bob", ""));
    again.tick(List.of(RECIPE));
    assertThat(last().state()).isEqualTo(State.SUPERSEDED);
    assertThat(store.folder().resolve(candidate)).as("what nobody wants takes no room").doesNotExist();
    candidateThatAPersonActivatesIsPromotedAndStays(waiting);
    assertThatThrownBy(() -> again.promote(RECIPE, "ann")).isInstanceOf(FaultException.class).hasMessageContaining("no candidate");
  }

  private void candidateThatAPersonActivatesIsPromotedAndStays(Job waiting) {
    models.activate(RECIPE, first, new Change("bob", ""));
    jobs.put(new Job(waiting.id(), RECIPE, waiting.speed(), "ann", "asked for", first, State.READY, waiting.startedAt(), waiting.endedAt(), 1, Optional.empty(), Optional.empty(),
        Optional.of(second), waiting.findings(), List.of(), OptionalDouble.empty()));
    Learner third = learner("kerf.learn.promotion", "BY_HAND");
    third.start();
    models.activate(RECIPE, second, new Change("bob", ""));
    third.tick(List.of(RECIPE));
    assertThat(last().state()).isEqualTo(State.PROMOTED);
    assertThat(store.folder().resolve(second)).isDirectory();
  }

  @Test
  void whatTheEndOfTheStationCutShortGoesOnAtTheNextStartButNotForEver() throws Exception {
    Learner learner = learner("kerf.learn.refit-after", "0");
    learner.ask(RECIPE, Speed.REFIT, "ann");
    String id = last().id();
    learner.close();
    await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("learner")));
    assertThat(last().state()).isEqualTo(State.LEARNING);
    Path leftOver = Files.createDirectories(folder.jobs().resolve("0old"));

    Learner again = learner("kerf.learn.refit-after", "0");
    again.start();
    assertThat(leftOver).doesNotExist();
    assertThat(last()).satisfies(job -> {
      assertThat(job.id()).isEqualTo(id);
      assertThat(job.starts()).isEqualTo(2);
    });
    again.cancel(RECIPE, "bob");
    await(() -> last().state().over());
    assertThat(last().state()).isEqualTo(State.CANCELLED);
    assertThat(inUse()).isEqualTo(first);
    again.close();

    Job thrice = last();
    jobs.put(new Job(thrice.id(), RECIPE, Speed.REFIT, "ann", "asked for", first, State.LEARNING, thrice.startedAt(), Optional.empty(), 3, Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), List.of(), OptionalDouble.empty()));
    learner("kerf.learn.refit-after", "0").start();
    assertThat(last().state()).isEqualTo(State.FAILED);
    assertThat(last().detail()).hasValue("The station stopped 3 times while it learnt, so it is left alone.");
  }

  @Test
  void whatAnAttemptTookFromTheSupplyIsKeptWithIt() throws Exception {
    Learner untold = learner("kerf.learn.promotion", "BY_HAND", "kerf.learn.refit-after", "0");
    untold.ask(RECIPE, Speed.REFIT, "ann");
    await(() -> last().state() == State.READY || last().state().over());
    assertThat(last().wattHours()).as("a device that tells nothing").isEmpty();
    untold.discard(RECIPE, "ann");
    untold.close();

    new SystemTree(root.resolve("device")).rail("1-0040", 1, "VDD_IN", 5000, 2000);
    Learner learner = learner("kerf.learn.promotion", "BY_HAND", "kerf.learn.refit-after", "0");
    long before = System.nanoTime();
    learner.ask(RECIPE, Speed.REFIT, "ann");
    await(() -> last().state() == State.READY || last().state().over());
    double hours = (System.nanoTime() - before) / 3600e9;
    assertThat(last().wattHours().getAsDouble()).as("10 W as long as it ran").isPositive().isLessThanOrEqualTo(10 * hours);
  }

  @Test
  void energyThatFineTuningTookTodayKeepsTheNextOneAway() throws Exception {
    Instant now = Instant.now();
    fineTuned("1", now.minus(Duration.ofHours(30)), OptionalDouble.of(90));
    fineTuned("2", now.minus(Duration.ofHours(2)), OptionalDouble.of(20.5));
    fineTuned("3", now.minus(Duration.ofHours(1)), OptionalDouble.empty());
    jobs.keepEnergy("3", 10);
    assertThat(jobs.of(RECIPE, 1).get(0).wattHours()).hasValue(10);
    collect(3);
    assertThat(learner("kerf.learn.fine-tune-after", "2", "kerf.learn.energy-per-day", "30").status(RECIPE).decision())
        .isInstanceOfSatisfying(TrainingDecision.Stay.class, stay -> assertThat(stay.hindrances()).containsExactly(Hindrance.ENERGY_USED));
    assertThat(learner("kerf.learn.fine-tune-after", "2", "kerf.learn.energy-per-day", "31").status(RECIPE).decision()).isInstanceOf(TrainingDecision.Learn.class);
  }

  private void fineTuned(String id, Instant at, OptionalDouble wattHours) {
    jobs.put(new Job(id, RECIPE, Speed.FINE_TUNE, "ann", "asked for", first, State.FAILED, at, Optional.of(at.plusSeconds(600)), 1, Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), List.of(), wattHours));
  }

  @Test
  void whoDiscardsACandidateIsToldOf() throws Exception {
    Learner learner = learner("kerf.learn.promotion", "BY_HAND", "kerf.learn.refit-after", "0");
    learner.ask(RECIPE, Speed.REFIT, "ann");
    await(() -> last().state() == State.READY || last().state().over());
    assertThat(learner.discard(RECIPE, "bob").state()).isEqualTo(State.REJECTED);
    assertThat(told.get(told.size() - 1)).satisfies(change -> {
      assertThat(change.action()).isEqualTo(Action.CANDIDATE_REJECTED);
      assertThat(change.by()).isEqualTo("bob");
    });
  }

  @Test
  void anAttemptThatCannotWriteSaysWhatTheDataFolderLacks() throws Exception {
    Files.deleteIfExists(folder.jobs());
    Files.writeString(folder.jobs(), "a file where the folder of attempts belongs");
    Learner learner = learner("kerf.learn.refit-after", "0");
    learner.ask(RECIPE, Speed.REFIT, "ann");
    await(() -> last().state().over());
    assertThat(last().state()).isEqualTo(State.FAILED);
    assertThat(last().code()).hasValue(Fault.DATA_FOLDER_UNUSABLE.code());
    assertThat(last().detail()).hasValueSatisfying(detail -> assertThat(detail).contains("could not be written").doesNotContain("Exception"));
    assertThat(inUse()).isEqualTo(first);
  }

  @Test
  void pausedItDoesNothingUnlessItIsAsked() throws Exception {
    Learner learner = learner();
    collect(10);
    learner.pause(RECIPE, "ann");
    learner.tick(List.of(RECIPE));
    assertThat(jobs.of(RECIPE, 9)).isEmpty();
    assertThat(learner.status(RECIPE).pausedBy()).hasValue("ann");
    assertThat(((TrainingDecision.Stay) learner.status(RECIPE).decision()).hindrances()).startsWith(Hindrance.PAUSED);
    learner.resume(RECIPE, "bob");
    assertThat(learner.status(RECIPE).decision()).isInstanceOf(TrainingDecision.Learn.class);
    assertThatThrownBy(() -> learner.cancel(RECIPE, "bob")).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.LEARNING_REFUSED));
    assertThatThrownBy(() -> learner.ask("other", Speed.REFIT, "bob")).isInstanceOf(FaultException.class).hasMessageContaining("has no model");
    assertThat(told).extracting(Changed::by).containsExactly("ann", "bob");
  }

  @Test
  void aNewNormalPoolIsNotMadeByLooking() {
    assertThat(learner().status("other").jobs()).isEmpty();
    assertThat(folder.recipe("other")).doesNotExist();
    assertThat(images.normalsOf(RECIPE).map(NormalPool::all).orElseThrow()).hasSize(40);
  }
}
