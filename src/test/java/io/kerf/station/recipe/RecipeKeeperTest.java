package io.kerf.station.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.DocumentReader;
import io.kerf.config.document.StationDocument;
import io.kerf.encoder.DjlEncoder;
import io.kerf.model.ActiveModels;
import io.kerf.model.Activation;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.EncoderSource;
import io.kerf.model.Generation;
import io.kerf.model.GoldenCheck;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.training.TwoModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real models under station documents that change. */
class RecipeKeeperTest {
  private static final String RECIPE = "disc";

  @TempDir
  private static Path shared;
  private static TwoModels two;

  @TempDir
  private Path folder;
  private final List<Changed> told = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private StationDocument document = StationDocument.EMPTY;
  private String inUse = RECIPE;
  private ActiveModels models;
  private ModelsAtHand atHand;
  private RecipeKeeper keeper;

  @BeforeAll
  static void learn() throws Exception {
    two = TwoModels.learn(shared);
  }

  private BundleStore store(String recipe) {
    return new BundleStore(folder.resolve(recipe));
  }

  @BeforeEach
  void station() throws Exception {
    two.put(folder.resolve(RECIPE), two.first());
    models = new ActiveModels(this::store, EncoderSource.on(DjlEncoder.ONNX_RUNTIME, 1), GoldenCheck.NONE, recipe -> RecipeKeeper.demands(document, recipe), Duration.ofSeconds(30),
        Clock.systemUTC(), System::nanoTime, told::add);
    atHand = new ModelsAtHand(models, recipe -> store(recipe).hasActive(), () -> inUse, new ModelsAtHand.Limits(2, Duration.ofMinutes(1), 4), System::nanoTime);
    keeper = new RecipeKeeper(models, atHand, this::store, () -> document, () -> inUse, gone::add);
    models.open(RECIPE);
  }

  @AfterEach
  void close() {
    atHand.close();
    models.close();
  }

  private void apply(String recipe) {
    document = ((DocumentReader.Reading.Good) DocumentReader.read(("schema: 1\nrecipes: {disc: " + recipe + "}\n").getBytes(StandardCharsets.UTF_8))).document();
    keeper.tick(List.of(RECIPE));
  }

  private String inUse() {
    return models.current(RECIPE).orElseThrow().bundle().digest();
  }

  private double falseRejects() {
    return models.current(RECIPE).orElseThrow().bundle().rules().calibration().falseRejectBudget();
  }

  @Test
  void anotherBudgetHoldsWithTheNextFrameAndIsNoChangeOfTheModel() {
    Generation.Lease before = models.lease(RECIPE).orElseThrow();
    apply("{false-rejects: 0.5, checks: {min-contrast: 0.3}}");
    assertThat(falseRejects()).isEqualTo(0.5);
    assertThat(models.current(RECIPE).orElseThrow().bundle().rules().quality().minContrast()).isEqualTo(0.3);
    assertThat(before.bundle().rules().calibration().falseRejectBudget()).as("a frame ends with the rules it began with").isEqualTo(TwoModels.FALSE_REJECTS);
    before.close();
    assertThat(inUse()).isEqualTo(two.first());
    assertThat(told).isEmpty();
    Generation present = models.current(RECIPE).orElseThrow();
    keeper.tick(List.of(RECIPE));
    assertThat(models.current(RECIPE).orElseThrow()).as("nothing is loaded without need").isSameAs(present);
    apply("{}");
    assertThat(falseRejects()).isEqualTo(TwoModels.FALSE_REJECTS);
  }

  @Test
  void aBudgetThatTheModelCannotShowIsSaid() {
    apply("{false-rejects: 0.001}");
    assertThat(falseRejects()).isEqualTo(TwoModels.FALSE_REJECTS);
    assertThat(keeper.conditions(RECIPE)).singleElement().asString().contains("keeps its own false-reject budget of 20.0 %");
  }

  @Test
  void aModelThatComesIntoUseLaterIsUnderTheSameDemands() throws Exception {
    apply("{false-rejects: 0.5}");
    two.lay(folder.resolve(RECIPE), two.second());
    models.activate(RECIPE, two.second(), new Change("ann", ""));
    assertThat(falseRejects()).isEqualTo(0.5);
    assertThat(models.demanded(RECIPE, store(RECIPE).load(two.first())).rules().calibration().falseRejectBudget()).as("and one on trial").isEqualTo(0.5);
  }

  @Test
  void aPinnedModelIsUsedAndComesBackWhateverIsActivated() throws Exception {
    two.lay(folder.resolve(RECIPE), two.second());
    apply("{model: {pinned: \"" + two.second() + "\"}}");
    assertThat(inUse()).isEqualTo(two.second());
    assertThat(told).singleElement().satisfies(changed -> {
      assertThat(changed.action()).isEqualTo(Action.MODEL_ACTIVATED);
      assertThat(changed.by() + ": " + changed.detail()).isEqualTo("document: pinned by recipes.disc.model.pinned");
    });
    store(RECIPE).activate(two.first(), new Change("bob", "by command"), Clock.systemUTC().instant());
    keeper.tick(List.of(RECIPE));
    keeper.tick(List.of(RECIPE));
    assertThat(inUse()).isEqualTo(two.second());
    assertThat(store(RECIPE).history()).extracting(Activation::by).startsWith("ann", "document").endsWith("document");
    assertThat(keeper.conditions(RECIPE)).isEmpty();
  }

  @Test
  void aPinnedModelThatIsNotThereIsToldOnceAndUsedWhenItIs() throws Exception {
    apply("{model: {pinned: \"" + two.second() + "\"}}");
    assertThat(inUse()).isEqualTo(two.first());
    assertThat(keeper.conditions(RECIPE)).singleElement().asString().contains("recipes.disc.model.pinned").contains("stays in use");
    keeper.tick(List.of(RECIPE));
    assertThat(told).isEmpty();
    two.lay(folder.resolve(RECIPE), two.second());
    keeper.tick(List.of(RECIPE));
    assertThat(inUse()).isEqualTo(two.second());
    assertThat(keeper.conditions(RECIPE)).isEmpty();
  }

  @Test
  void aModelOfAnotherRegionIsTold() {
    apply("{region: {x: 0.1, y: 0.1, width: 0.5, height: 0.5}}");
    assertThat(keeper.conditions(RECIPE)).singleElement().asString().contains("trained on the whole image").contains("x 0.1, y 0.1, width 0.5, height 0.5").contains("Train anew");
    apply("{region: {x: 0, y: 0, width: 1, height: 1}}");
    assertThat(keeper.conditions(RECIPE)).isEmpty();
  }

  @Test
  void aRecipeWhoseFolderIsGoneLeavesMemory() throws Exception {
    keeper.tick(List.of());
    assertThat(models.loaded()).as("a list that could not be made unloads nothing").containsExactly(RECIPE);
    AtomicFiles.deleteTree(folder.resolve(RECIPE));
    keeper.tick(List.of());
    assertThat(models.loaded()).as("in use, it judges on").containsExactly(RECIPE);
    inUse = "other";
    keeper.tick(List.of());
    assertThat(models.loaded()).isEmpty();
    assertThat(gone).containsExactly(RECIPE);
    assertThat(models.known(RECIPE)).isEmpty();
  }

  @Test
  void theOneInUseIsLoadedFirstThenAsTheDocumentHasThem() {
    document = ((DocumentReader.Reading.Good) DocumentReader.read("schema: 1\nrecipes: {z: {}, b: {}, gone: {}}\n".getBytes(StandardCharsets.UTF_8))).document();
    assertThat(keeper.order(List.of("a", "b", "disc", "z"))).containsExactly("disc", "z", "b", "a");
  }
}
