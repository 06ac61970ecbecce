package io.kerf.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.model.Activation;
import io.kerf.model.BundleStore;
import io.kerf.model.Truth;
import io.kerf.storage.DataFolder;
import io.kerf.storage.JobFolder;
import io.kerf.storage.Sha256;
import io.kerf.training.TwoModels;
import io.kerf.training.normals.Origin;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole recipes with real models, and files that are none. */
class RecipeFoldersTest {
  private static final String SECTION = "title: \"Flange 40\"\n";

  @TempDir
  private static Path shared;
  private static TwoModels two;

  @TempDir
  private Path root;
  private DataFolder data;
  private RecipeImages images;
  private RecipeFolders folders;

  @BeforeAll
  static void learn() throws Exception {
    two = TwoModels.learn(shared);
  }

  @BeforeEach
  void flange() throws Exception {
    data = new DataFolder(root);
    images = new RecipeImages(data::recipe, new ImageDecoder(ImageLimits.DEFAULT));
    folders = new RecipeFolders(data, Clock.systemUTC());
    byte[] part = two.part();
    Origin origin = new Origin(Optional.empty(), Optional.empty(), OptionalDouble.of(0.5), Instant.EPOCH, "ann");
    images.normals("flange").add("n1", Standing.CONFIRMED, part, "png", origin, images.thumbnail(part));
    images.golden("flange").add("g1", Truth.BAD, part, "png", origin);
    Files.writeString(data.recipe("flange").resolve("normals/half.png"), "an image without its note");
  }

  /** Some sixty megabytes each, so for the tests that need them alone. */
  private void withModels() throws IOException {
    two.put(data.models("flange"), two.first());
    two.put(data.models("flange"), two.second());
  }

  private byte[] exported() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    folders.export("flange", SECTION).write(out);
    return out.toByteArray();
  }

  private Path exportedWithModels() throws IOException {
    withModels();
    Path file = root.resolve("flange.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      folders.export("flange", SECTION).write(out);
    }
    return file;
  }

  private RecipeFolders.Imported imported(Path file, String name) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return folders.importFrom(in, Optional.of(name), "bob");
    }
  }

  private RecipeFolders.Imported imported(byte[] file, String name) {
    return folders.importFrom(new ByteArrayInputStream(file), Optional.ofNullable(name), "bob");
  }

  private void assertThatItIsTheSame(String recipe) throws IOException {
    BundleStore store = new BundleStore(data.models(recipe));
    assertThat(store.active().map(Activation::digest)).hasValue(two.second());
    assertThat(store.active().flatMap(Activation::previous)).hasValue(two.first());
    assertThat(store.load(two.second()).manifest()).isEqualTo(new BundleStore(data.models("flange")).load(two.second()).manifest());
    assertThat(images.normals(recipe).all()).singleElement().satisfies(normal -> assertThat(normal.standing()).isEqualTo(Standing.CONFIRMED));
    assertThat(images.golden(recipe).all()).singleElement().satisfies(golden -> assertThat(golden.truth()).isEqualTo(Truth.BAD));
    assertThat(images.normals(recipe).image("n1")).hasValue(two.part());
    assertThat(folders.counts(recipe)).isEqualTo(new RecipeFolders.Counts(1, 1));
  }

  private void assertThatNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(data.recipeStaging())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void anExportedRecipeIsImportedWholeUnderAnotherName() throws Exception {
    RecipeFolders.Imported imported = imported(exportedWithModels(), "flange-b");
    assertThat(imported).isEqualTo(new RecipeFolders.Imported("flange-b", "flange", SECTION, Optional.of(two.second()), new RecipeFolders.Counts(1, 1)));
    assertThatItIsTheSame("flange-b");
    assertThat(new BundleStore(data.models("flange-b")).history()).extracting(Activation::by).containsExactly("bob", "bob");
    assertThat(data.recipe("flange-b").resolve("normals/half.png")).doesNotExist();
    assertThatNothingIsLeft();
    assertThat(data.recipes()).containsExactly("flange", "flange-b");
  }

  @Test
  void aCopyHasAllThatJudgesAndTeaches() throws Exception {
    withModels();
    folders.copy("flange", "flange-c", "bob");
    assertThatItIsTheSame("flange-c");
    assertThat(new BundleStore(data.models("flange-c")).active().orElseThrow().reason()).isEqualTo("copied from recipe flange");
    images.normals("flange-c").remove("n1");
    assertThat(images.normals("flange").image("n1")).as("each has its own").hasValue(two.part());
    assertThatNothingIsLeft();
  }

  @Test
  void aNameThatIsTakenIsRefusedAndWhatIsThereStays() throws Exception {
    byte[] file = exported();
    refused(Fault.RECIPE_EXISTS, () -> imported(file, null));
    refused(Fault.RECIPE_EXISTS, () -> folders.copy("flange", "flange", "bob"));
    refused(Fault.BAD_FIELD, () -> imported(file, "../x"));
    refused(Fault.BAD_FIELD, () -> folders.copy("flange", "../x", "bob"));
    refused(Fault.RECIPE_NOT_FOUND, () -> folders.copy("none", "x", "bob"));
    refused(Fault.RECIPE_NOT_FOUND, () -> folders.export("none", ""));
    assertThat(folders.counts("flange")).isEqualTo(new RecipeFolders.Counts(1, 1));
    assertThat(data.recipes()).containsExactly("flange");
  }

  @Test
  void aRecipeIsRemovedUnlessItIsInUse() throws Exception {
    refused(Fault.RECIPE_IN_USE, () -> folders.remove("flange", "flange"));
    assertThat(folders.counts("flange")).isEqualTo(new RecipeFolders.Counts(1, 1));
    folders.remove("flange", "other");
    assertThat(data.recipes()).isEmpty();
    assertThatNothingIsLeft();
    refused(Fault.RECIPE_NOT_FOUND, () -> folders.remove("flange", "other"));
  }

  @Test
  void whatADeadProcessLeftIsSweptAndWasNeverARecipe() throws Exception {
    Files.createDirectories(data.recipeStaging().resolve("dead/recipe/models"));
    assertThat(data.recipes()).containsExactly("flange");
    JobFolder.sweep(data.recipeStaging());
    assertThatNothingIsLeft();
  }

  /** At any byte. */
  @Test
  void aFileThatIsCutShortOrChangedIsRefused() throws Exception {
    byte[] file = exported();
    for (int share = 0; share < 20; share++) {
      // The list of entries at the end is for tools that seek; all else counts.
      int cut = (int) ((long) indexAt(file) * share / 20);
      refused(Fault.RECIPE_FILE_INVALID, () -> imported(Arrays.copyOf(file, cut), "x"));
    }
    Map<String, byte[]> entries = entries(file);
    for (String name : entries.keySet().stream().filter(name -> name.contains("/")).toList()) {
      Map<String, byte[]> changed = new LinkedHashMap<>(entries);
      byte[] bytes = entries.get(name).clone();
      bytes[bytes.length / 2] ^= 1;
      changed.put(name, bytes);
      refused(Fault.RECIPE_FILE_INVALID, () -> imported(zip(changed), "x"));
      changed.remove(name);
      refused(Fault.RECIPE_FILE_INVALID, () -> imported(zip(changed), "x"));
    }
    assertThat(data.recipes()).containsExactly("flange");
    assertThatNothingIsLeft();
  }

  /** A file whose manifest is true to what it holds, and what it holds is not what was trained. */
  @Test
  void aModelWhoseBytesAreNotItsDigestIsRefusedThoughTheManifestFits() throws Exception {
    two.put(data.models("flange"), two.second());
    Map<String, byte[]> entries = entries(exported());
    String calibration = "models/" + two.second() + "/calibration.json";
    byte[] bytes = new String(entries.get(calibration), StandardCharsets.UTF_8).replace("0.2", "0.3").getBytes(StandardCharsets.UTF_8);
    entries.put(calibration, bytes);
    RecipeManifest manifest = RecipeManifest.JSON.readValue(entries.get("manifest.json"), RecipeManifest.class);
    entries.put("manifest.json", RecipeManifest.JSON.writeValueAsBytes(new RecipeManifest(1, manifest.recipe(), manifest.exportedAt(), manifest.active(), manifest.previous(),
        manifest.section(), manifest.files().stream().map(one -> one.name().equals(calibration) ? new RecipeManifest.Entry(calibration, bytes.length, Sha256.of(bytes)) : one).toList())));
    refused(Fault.BUNDLE_CORRUPT, () -> imported(zip(entries), "x"));
    assertThat(data.recipes()).containsExactly("flange");
    assertThatNothingIsLeft();
  }

  @Test
  void modelsAndWhatTheManifestSaysOfThemMustFit() throws Exception {
    Map<String, byte[]> entries = entries(exported());
    RecipeManifest manifest = RecipeManifest.JSON.readValue(entries.get("manifest.json"), RecipeManifest.class);
    entries.put("manifest.json", RecipeManifest.JSON.writeValueAsBytes(new RecipeManifest(1, "flange", Instant.EPOCH, Optional.of("0".repeat(64)), Optional.empty(), "", manifest.files())));
    refused(Fault.RECIPE_FILE_INVALID, () -> imported(zip(entries), "x"));

    byte[] stray = {1, 2, 3};
    String name = "models/" + "1".repeat(64) + "/encoder.onnx";
    Map<String, byte[]> more = new LinkedHashMap<>(Map.of("format", "1".getBytes(StandardCharsets.UTF_8)));
    more.put(name, stray);
    more.put("manifest.json", RecipeManifest.JSON.writeValueAsBytes(new RecipeManifest(1, "flange", Instant.EPOCH, Optional.empty(), Optional.empty(), "",
        List.of(new RecipeManifest.Entry(name, 3, Sha256.of(stray))))));
    refused(Fault.RECIPE_FILE_INVALID, () -> imported(zip(more), "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "models/../../evil", "/etc/passwd", "normals/../../../x.png", "normals\\..\\x.png", "models/active.json", "normals/x/y.png", "x", "normals/a.sh",
      "normals/.hidden.png", "golden/"})
  void aNameThatNoRecipeHasIsRefusedBeforeItIsWritten(String name) throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("format", "1\n".getBytes(StandardCharsets.UTF_8));
    entries.put(name, new byte[] {1});
    refused(Fault.RECIPE_FILE_INVALID, () -> imported(zip(entries), "x"));
    assertThatNothingIsLeft();
    assertThat(root.resolveSibling("evil")).doesNotExist();
  }

  @Test
  void anotherVersionIsSaidBeforeAnythingIsUnpacked() throws Exception {
    refused(Fault.RECIPE_FILE_UNSUPPORTED, () -> imported(zip(Map.of("format", "2\n".getBytes(StandardCharsets.UTF_8))), "x"));
    refused(Fault.RECIPE_FILE_INVALID, () -> imported("no zip at all".getBytes(StandardCharsets.UTF_8), "x"));
    refused(Fault.RECIPE_FILE_INVALID, () -> imported(zip(Map.of("readme.txt", new byte[3])), "x"));
  }

  /** Zeros pack to a thousandth. */
  @Test
  void whatIsUnpackedIsBoundedWhateverItWasPackedTo() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("format", "1\n".getBytes(StandardCharsets.UTF_8));
    entries.put("normals/a.png", new byte[1 << 20]);
    entries.put("normals/a.json", new byte[1]);
    byte[] file = zip(entries);
    assertThat(file.length).isLessThan(4096);
    unpackedWithin(file, (1 << 20), 2, Fault.RECIPE_FILE_TOO_LARGE, "bytes");
    unpackedWithin(file, (1 << 20) + 1, 2, Fault.RECIPE_FILE_INVALID, "no manifest");
    unpackedWithin(file, 1 << 30, 1, Fault.RECIPE_FILE_TOO_LARGE, "files");
    assertThatThrownBy(() -> new RecipeImport(new ByteArrayInputStream(file), Files.createDirectories(root.resolve("out")), new RecipeImport.Limits(1 << 30, 9, Long.MAX_VALUE)).unpack())
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.DISK_FULL));
    entries.put("format", new byte[1 << 20]);
    refused(Fault.RECIPE_FILE_TOO_LARGE, () -> imported(zip(entries), "x"));
  }

  private void unpackedWithin(byte[] file, long maxBytes, int maxFiles, Fault fault, String word) {
    assertThatThrownBy(() -> new RecipeImport(new ByteArrayInputStream(file), Files.createDirectories(root.resolve("out")), new RecipeImport.Limits(maxBytes, maxFiles, 0)).unpack())
        .hasMessageContaining(word).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  @Test
  void aRecipeThatHasLearntNothingYetMovesAsWell() throws Exception {
    Files.createDirectories(data.recipe("empty"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    folders.export("empty", "").write(out);
    assertThat(imported(out.toByteArray(), "empty-b")).isEqualTo(new RecipeFolders.Imported("empty-b", "empty", "", Optional.empty(), new RecipeFolders.Counts(0, 0)));
  }

  @Test
  void aRecipeWhoseModelInUseIsDamagedIsNotExportedAndOneWhosePreviousIsGoesWithoutIt() throws Exception {
    withModels();
    flip(data.models("flange").resolve(two.first()).resolve("encoder.onnx"));
    folders.copy("flange", "x", "bob");
    assertThat(new BundleStore(data.models("x")).active().map(Activation::digest)).hasValue(two.second());
    assertThat(new BundleStore(data.models("x")).active().flatMap(Activation::previous)).isEmpty();
    flip(data.models("flange").resolve(two.second()).resolve("encoder.onnx"));
    refused(Fault.BUNDLE_CORRUPT, () -> folders.export("flange", ""));
    refused(Fault.BUNDLE_CORRUPT, () -> folders.copy("flange", "y", "bob"));
  }

  private static int indexAt(byte[] file) {
    int end = file.length - 22;
    return (file[end + 16] & 0xff) | (file[end + 17] & 0xff) << 8 | (file[end + 18] & 0xff) << 16;
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[1000] ^= 1;
    Files.write(file, bytes);
  }

  private interface Doing {
    void run() throws Exception;
  }

  private static void refused(Fault fault, Doing doing) {
    assertThatThrownBy(doing::run).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).as(e.detail()).isEqualTo(fault));
  }

  private static Map<String, byte[]> entries(byte[] file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }
}
