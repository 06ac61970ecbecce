package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  @TempDir
  private Path temp;
  private Path folder;

  @BeforeEach
  void layOutADataSet() throws IOException {
    folder = temp.resolve("bottles");
    touch("train/good/b.png", "train/good/a.JPG", "train/good/.hidden.png", "train/good/notes.txt", "test/good/1.png",
        "test/broken/1.tiff", "test/broken/2.png", "test/dented/9.bmp", "ground_truth/broken/1_mask.png", "ground_truth/broken/2_mask.png");
  }

  @Test
  void imagesAreReadWithClassAndMask() {
    Dataset dataset = Dataset.read(folder);
    assertThat(dataset.name()).isEqualTo("bottles");
    assertThat(dataset.normals()).extracting(LabelledImage::name).containsExactly("good/a.JPG", "good/b.png");
    assertThat(dataset.test()).extracting(LabelledImage::name)
        .containsExactly("broken/1.tiff", "broken/2.png", "dented/9.bmp", "good/1.png");
    assertThat(dataset.test()).extracting(LabelledImage::defective).containsExactly(true, true, true, false);
    assertThat(dataset.test().get(0).mask()).hasValue(folder.resolve("ground_truth/broken/1_mask.png"));
    assertThat(dataset.test().get(2).mask()).isEmpty();
    assertThat(dataset.defectClasses()).containsExactly("broken", "dented");
  }

  @Test
  void theManifestGivesGroupsAndMasks() throws IOException {
    touch("ground_truth/other.png");
    Files.writeString(folder.resolve("MANIFEST.csv"), """
        path,split,label,mask,width,height,group
        train/good/b.png,train,good,,10,10,"lot 7, left"
        test/dented/9.bmp,test,dented,ground_truth/other.png,10,10,
        """);
    Dataset dataset = Dataset.read(folder);
    assertThat(dataset.train().get(0).group()).isEmpty();
    assertThat(dataset.train().get(1).group()).hasValue("lot 7, left");
    assertThat(dataset.test().get(2).mask()).hasValue(folder.resolve("ground_truth/other.png"));
    assertThat(NormalsFolder.list(folder)).isEqualTo(dataset.train());
  }

  @Test
  void everyProblemIsToldAtOnce() throws IOException {
    touch("ground_truth/broken/3_mask.png");
    Files.delete(folder.resolve("ground_truth/broken/2_mask.png"));
    Files.createDirectories(folder.resolve("test/empty"));
    Files.writeString(folder.resolve("MANIFEST.csv"), "path,mask\ntrain/good/gone.png,\n../../secret.png,\n,\n");
    FaultException fault = catchThrowableOfType(FaultException.class, () -> Dataset.read(folder));
    assertThat(fault.fault()).isEqualTo(Fault.DATASET_INVALID);
    assertThat(fault.detail()).contains("test/empty holds no images", "test/broken/2.png has no mask", "3_mask.png belongs to no image",
        "gone.png, which is not there", "../../secret.png, which is not there", "a row without a path");
  }

  @Test
  void aSetThatOnlyTestsCanBeReadButNotLearntFrom() throws IOException {
    Path tests = temp.resolve("tests");
    write(tests.resolve("test/good/1.png"));
    Dataset dataset = Dataset.read(tests);
    assertThat(dataset.test()).hasSize(1);
    assertThatExceptionOfType(FaultException.class).isThrownBy(dataset::normals)
        .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.NO_IMAGES));
  }

  @Test
  void aFolderThatIsNoDataSetIsRefused() {
    for (Path wrong : List.of(temp.resolve("missing"), folder.resolve("train/good/b.png"), folder.resolve("train"))) {
      assertThatExceptionOfType(FaultException.class).isThrownBy(() -> Dataset.read(wrong))
          .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.DATASET_INVALID));
    }
  }

  @Test
  void aPlainFolderOfGoodPartsIsListedWithItsSubfolders() throws IOException {
    Path plain = temp.resolve("plain");
    for (String name : List.of("z.png", "monday/10.jpeg", "monday/deep/2.TIF", "1/2/3/4/in.png", "1/2/3/4/5/too-deep.png")) {
      write(plain.resolve(name));
    }
    write(temp.resolve("outside/other.png"));
    Files.createSymbolicLink(plain.resolve("out.png"), temp.resolve("outside/other.png"));
    Files.createSymbolicLink(plain.resolve("in.png"), plain.resolve("z.png"));
    Files.createSymbolicLink(plain.resolve("loop"), plain);
    assertThat(NormalsFolder.list(plain)).extracting(normal -> plain.relativize(normal.image()).toString())
        .containsExactly("1/2/3/4/in.png", "in.png", "monday/10.jpeg", "monday/deep/2.TIF", "z.png");
  }

  @Test
  void defectsAreNeverTakenForGoodParts() throws IOException {
    Path tests = temp.resolve("tests");
    write(tests.resolve("test/broken/1.png"));
    assertThatExceptionOfType(FaultException.class).isThrownBy(() -> NormalsFolder.list(tests))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.DATASET_INVALID));
  }

  @Test
  void aFolderWithoutImagesIsRefused() throws IOException {
    Path empty = Files.createDirectories(temp.resolve("empty"));
    for (Path folder : List.of(empty, temp.resolve("missing"))) {
      assertThatExceptionOfType(FaultException.class).isThrownBy(() -> NormalsFolder.list(folder))
          .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.NO_IMAGES));
    }
  }

  private void touch(String... names) throws IOException {
    for (String name : names) {
      write(folder.resolve(name));
    }
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "only its name is read");
  }
}
