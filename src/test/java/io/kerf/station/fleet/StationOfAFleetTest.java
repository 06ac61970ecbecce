package io.kerf.station.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.TestConfig;
import io.kerf.fault.FaultException;
import io.kerf.fleet.Active;
import io.kerf.fleet.DocumentProblem;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.inspection.Verdict;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.station.document.StationDocuments;
import io.kerf.storage.DataFolder;
import io.kerf.storage.DocumentFolder;
import io.kerf.training.normals.GoldenParts;
import io.kerf.training.normals.RecipeImages;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationOfAFleetTest {
  private static final String OURS = "{\"schema\":1,\"station\":{\"id\":\"one\"}}";
  private static final String THEIRS = "{\"schema\":1,\"station\":{\"id\":\"two\"},\"fleet\":{\"broker\":\"mqtts://other:8883\"}}";

  @TempDir
  Path root;

  private DataFolder folder;
  private ActiveModels models;
  private StationDocuments documents;
  private StationOfAFleet station;

  @BeforeEach
  void open() {
    folder = new DataFolder(root);
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    models = new ActiveModels(recipe -> new BundleStore(folder.models(recipe)), "OnnxRuntime", 1);
    documents = new StationDocuments(new DocumentFolder(folder.document()), Clock.systemUTC(), applied -> {}, changed -> {});
    documents.open();
    documents.announce();
    station = new StationOfAFleet(documents, models, () -> "default", new GoldenParts(new RecipeImages(folder::recipe, decoder), decoder), folder,
        TestConfig.of(Map.of("kerf.fleet.broker", "mqtts://plant:8883")).fleet(), System::nanoTime);
  }

  @AfterEach
  void close() {
    models.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aDocumentIsHeldToWhatTheStationHoldsDocumentsTo() {
    assertThat(station.check(bytes(OURS))).isEmpty();
    assertThat(station.check(bytes("{\"schema\":1,\"station\":{\"nmae\":\"x\"},\"retention\":{\"max-age\":\"long\"}}"))).extracting(DocumentProblem::path)
        .containsExactlyInAnyOrder("document.station.nmae", "document.retention.max-age");
  }

  @Test
  void whatTheFleetAppliesIsInForceAndToldWithItsVersionAfterARestartToo() {
    assertThat(station.active()).satisfies(none -> assertThat(none.version()).isEmpty());
    station.apply(bytes(OURS), "1.7");
    assertThat(documents.document().station().id()).isEqualTo("one");
    open();
    Active active = station.active();
    assertThat(active.version()).isEqualTo("1.7");
    assertThat(active.document()).isEqualTo(bytes(OURS));
    assertThat(active.drift()).isEmpty();
    assertThat(station.difference(bytes(THEIRS))).contains("-" + OURS).contains("+" + THEIRS);
  }

  @Test
  void whatAPersonChangesSinceIsDriftAndOverWithTheNextOfTheFleet() {
    station.apply(bytes(OURS), "1.7");
    documents.replace(bytes("schema: 1\nstation: {id: mine}\n"), Optional.empty(), "ann", "");
    assertThat(station.active().drift()).containsExactly("-" + OURS, "+schema: 1", "+station: {id: mine}");
    assertThat(station.active().version()).isEqualTo("1.7");
    station.apply(bytes(THEIRS), "1.8");
    assertThat(station.active().drift()).isEmpty();
  }

  @Test
  void whatWasThereBeforeAnyDocumentCanBePutBack() {
    byte[] nothing = station.active().document();
    station.apply(bytes(OURS), "1.7");
    station.apply(nothing, "");
    assertThat(documents.document().station().id()).isEqualTo("station");
  }

  @Test
  void aBadDocumentIsNotAppliedAndChangesNothing() {
    station.apply(bytes(OURS), "1.7");
    assertThatThrownBy(() -> station.apply(bytes("{\"schema\":2}"), "1.8")).isInstanceOf(FaultException.class);
    assertThat(station.active().version()).isEqualTo("1.7");
  }

  @Test
  void theDocumentSaysWhereTheFleetIsAndElseTheMachine() {
    assertThat(station.endpoint().broker()).contains(URI.create("mqtts://plant:8883"));
    station.apply(bytes(THEIRS), "1");
    assertThat(station.endpoint().broker()).contains(URI.create("mqtts://other:8883"));
  }

  @Test
  void signalsAreCountedFromEachDocumentOn() {
    station.saw(LineSignalsTest.inspection(Verdict.UNJUDGED, 30));
    assertThat(station.signals().frames()).isEqualTo(1);
    assertThat(station.signals().unjudgedShare()).hasValue(1);
    station.apply(bytes(OURS), "1");
    assertThat(station.signals().frames()).isZero();
    assertThat(station.signals().arriving()).isTrue();
    assertThat(station.signals().goldenJudgedRight()).as("there is no golden set").isEmpty();
    assertThat(station.signals().freeBytes()).isGreaterThan(station.signals().leastFreeBytes());
  }
}
