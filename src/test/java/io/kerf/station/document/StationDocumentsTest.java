package io.kerf.station.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.document.DocumentProblem;
import io.kerf.config.document.StationDocument;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Changed;
import io.kerf.storage.DocumentFolder;
import io.kerf.storage.DocumentFolder.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationDocumentsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
  private static final String ONE = "schema: 1\nstation: {id: one}\n";
  private static final String TWO = "schema: 1\nstation: {id: two}\n";

  @TempDir
  Path root;

  private final List<DocumentApplied> applied = new ArrayList<>();
  private final List<Changed> changes = new ArrayList<>();
  private DocumentFolder folder;

  @BeforeEach
  void folder() {
    folder = new DocumentFolder(root.resolve("document"));
  }

  /** As a station that starts. */
  private StationDocuments start() {
    applied.clear();
    StationDocuments documents = new StationDocuments(folder, Clock.fixed(NOW, ZoneOffset.UTC), applied::add, changes::add);
    documents.open();
    documents.announce();
    return documents;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> actions() {
    return changes.stream().map(change -> change.action().code() + " by " + change.by()).toList();
  }

  @Test
  void withoutADocumentTheDefaultsHold() {
    StationDocuments documents = start();
    assertThat(documents.document()).isEqualTo(StationDocument.EMPTY);
    assertThat(documents.inForce().number()).isZero();
    assertThat(documents.safeMode()).isEmpty();
    assertThat(applied).hasSize(1);
  }

  @Test
  void aDocumentThatIsPutIntoForceIsFollowedAtOnceAndThereAfterARestart() {
    StationDocuments documents = start();
    documents.replace(bytes(ONE), Optional.empty(), "Ann", "first");
    assertThat(documents.document().station().id()).isEqualTo("one");
    assertThat(applied.get(1).now().document().station().id()).isEqualTo("one");
    assertThat(documents.inForce().version().orElseThrow()).extracting(Version::number, Version::by, Version::reason, Version::at).containsExactly(1L, "Ann", "first", NOW);
    assertThat(actions()).containsExactly("document-changed by Ann");

    StationDocuments again = start();
    assertThat(again.inForce().digest()).isEqualTo(documents.inForce().digest());
    assertThat(applied).singleElement().extracting(one -> one.now().document().station().id()).isEqualTo("one");
    assertThat(actions()).hasSize(1);
  }

  @Test
  void oneThatIsNotValidIsRefusedWithEverythingThatIsWrongAndChangesNothing() {
    StationDocuments documents = start();
    documents.replace(bytes(ONE), Optional.empty(), "Ann", "");
    assertThatThrownBy(() -> documents.replace(bytes("schema: 2\ncolour: red\n"), Optional.empty(), "Bob", "")).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.DOCUMENT_INVALID);
      assertThat(e.detail()).contains("schema: is 2 but must be 1").contains("colour: is not a key");
    });
    assertThat(documents.document().station().id()).isEqualTo("one");
    assertThat(folder.file()).hasContent(ONE);
    assertThat(applied).hasSize(2);
  }

  @Test
  void aChangeOfADocumentThatIsNoLongerInForceIsRefused() {
    StationDocuments documents = start();
    InForce first = documents.replace(bytes(ONE), Optional.of(""), "Ann", "");
    documents.replace(bytes(TWO), first.digest(), "Ann", "");
    assertThatThrownBy(() -> documents.replace(bytes(ONE), first.digest(), "Bob", "")).isInstanceOfSatisfying(FaultException.class,
        e -> assertThat(e.fault()).isEqualTo(Fault.DOCUMENT_CHANGED)).hasMessageContaining("number 2, by Ann");
  }

  @Test
  void whatIsWrittenIntoTheFileIsTakenUpWhetherTheStationRunsOrNot() throws Exception {
    StationDocuments documents = start();
    folder.write(bytes(ONE));
    documents.look();
    assertThat(documents.document().station().id()).isEqualTo("one");
    assertThat(actions()).containsExactly("document-changed by file");
    documents.look();
    assertThat(applied).hasSize(2);

    Files.writeString(folder.file(), TWO);
    assertThat(start().document().station().id()).isEqualTo("two");
    assertThat(folder.history()).extracting(Version::number).containsExactly(2L, 1L);
  }

  @Test
  void aBadFileLeavesTheOneBeforeInForceAndIsToldOnceWithItsReason() throws Exception {
    StationDocuments documents = start();
    documents.replace(bytes(ONE), Optional.empty(), "Ann", "");
    Files.writeString(folder.file(), "schema: 1\nstation: {nmae: x}\n");
    documents.look();
    documents.look();
    assertThat(documents.document().station().id()).isEqualTo("one");
    assertThat(documents.safeMode().orElseThrow().problems()).extracting(DocumentProblem::path).containsExactly("station.nmae");
    assertThat(documents.safeMode().orElseThrow().sentence()).contains("the one before is").endsWith("did you mean name?");
    assertThat(actions()).containsExactly("document-changed by Ann", "document-refused by file");

    StationDocuments again = start();
    assertThat(again.document().station().id()).isEqualTo("one");
    assertThat(again.safeMode()).isPresent();

    Files.writeString(folder.file(), TWO);
    again.look();
    assertThat(again.safeMode()).isEmpty();
    assertThat(again.document().station().id()).isEqualTo("two");
  }

  @Test
  void aFileThatIsGoneChangesNothing() throws Exception {
    StationDocuments documents = start();
    documents.replace(bytes(ONE), Optional.empty(), "Ann", "");
    Files.delete(folder.file());
    documents.look();
    assertThat(documents.document().station().id()).isEqualTo("one");
    assertThat(start().document().station().id()).isEqualTo("one");
  }

  @Test
  void aCrashBetweenTheFileAndTheHistoryEndsInTheNewDocument() {
    start().replace(bytes(ONE), Optional.empty(), "Ann", "");
    folder.write(bytes(TWO));
    assertThat(start().document().station().id()).isEqualTo("two");
  }

  @Test
  void aDocumentStandsWhateverBecomesOfThoseThatFollowIt() {
    StationDocuments documents = new StationDocuments(folder, Clock.fixed(NOW, ZoneOffset.UTC), one -> {
      throw new IllegalStateException("an output");
    }, changes::add);
    documents.open();
    documents.announce();
    documents.replace(bytes(ONE), Optional.empty(), "Ann", "");
    assertThat(documents.document().station().id()).isEqualTo("one");
  }

  @Test
  void onlyTheLastTwoHundredAreKept() {
    for (int i = 0; i < 203; i++) {
      folder.commit(ONE + "# " + i, "Ann", "", NOW);
    }
    assertThat(folder.history()).hasSize(200);
    assertThat(folder.inForce().orElseThrow().number()).isEqualTo(203);
    assertThat(folder.version(3)).isEmpty();
  }
}
