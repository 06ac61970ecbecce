package io.kerf.station.source.folder;

import static io.kerf.station.source.Eventually.assertThatSoon;
import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.FolderSettings;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.InspectionIds;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Source.Status;
import io.kerf.station.source.TestLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
  private static final long MAX_BYTES = 1000;
  private static final Instant MORNING = Instant.parse("2026-11-25T06:00:00Z");

  @TempDir
  private Path root;
  private final TestLine line = new TestLine();
  private final InspectionIds ids = new InspectionIds(Clock.systemUTC(), new Random(1), Optional.empty());
  private Optional<FolderSource> source = Optional.empty();

  private Path inbox() throws Exception {
    return Files.createDirectories(root.resolve("in"));
  }

  private FolderSettings settings(FolderSettings.After after) {
    return new FolderSettings(root.resolve("in").toString(), null, Optional.of("flange"), null, after, null, null, OptionalLong.empty(), Duration.ofMillis(40),
        Duration.ofMillis(300));
  }

  private FolderSource start(FolderSettings.After after) {
    FolderSource started = new FolderSource("inbox", settings(after), line.judging(), new Records(ids::next, line.records::containsKey), root.resolve("data/inbox.claim"), MAX_BYTES);
    source = Optional.of(started);
    return started;
  }

  private FolderSource start() {
    return start(FolderSettings.After.MOVE);
  }

  private Path drop(String name, String text, int minute) throws Exception {
    Path file = Files.writeString(inbox().resolve(name), text);
    return Files.setLastModifiedTime(file, FileTime.from(MORNING.plusSeconds(60L * minute)));
  }

  private List<String> in(String folder) {
    String[] names = root.resolve("in").resolve(folder).toFile().list();
    return names == null ? List.of() : Arrays.stream(names).sorted().toList();
  }

  @AfterEach
  void stop() {
    source.ifPresent(FolderSource::close);
  }

  @Test
  void aBacklogIsJudgedOldestFirstAndMovedToDone() throws Exception {
    drop("b.png", "ok", 2);
    drop("a.png", "ok", 3);
    drop("c.PNG", "ok", 1);
    drop("notes.md", "no image", 0);
    FolderSource folder = start();
    assertThatSoon(() -> assertThat(in("done")).containsExactly("a.png", "b.png", "c.PNG"));
    assertThat(line.parts()).containsExactly("c", "b", "a");
    assertThat(line.judged.get(0).capturedAt()).isEqualTo(MORNING.plusSeconds(60));
    assertThat(line.judged.get(0).recipe()).isEqualTo("flange");
    assertThat(line.judged.get(0).source()).isEqualTo("inbox");
    assertThat(root.resolve("in/notes.md")).exists();
    assertThatSoon(() -> assertThat(folder.status().condition().state()).isEqualTo(State.WORKS));
    Status status = folder.status();
    assertThat(List.of(status.frames(), status.judged(), status.dropped())).containsExactly(3L, 3L, 0L);
  }

  @Test
  void aBurstLargerThanOneLookIsJudgedWhole() throws Exception {
    inbox();
    start();
    int many = Inbox.LOOK + 200;
    for (int i = 0; i < many; i++) {
      Path made = Files.writeString(root.resolve("part"), "ok");
      Files.move(made, root.resolve("in").resolve(i + ".png"), StandardCopyOption.ATOMIC_MOVE);
    }
    assertThatSoon(() -> assertThat(in("done")).hasSize(many));
    assertThat(line.parts()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(IntStream.range(0, many).mapToObj(Integer::toString).toList());
  }

  @Test
  void aFileThatIsWrittenSlowlyIsJudgedOnceItIsWhole() throws Exception {
    inbox();
    start();
    Path slow = Files.writeString(root.resolve("in/slow.png"), "half");
    assertThatSoon(() -> assertThat(root.resolve("data/inbox.claim")).exists());
    Thread.sleep(150);
    Files.writeString(slow, "whole");
    assertThatSoon(() -> assertThat(line.parts()).containsExactly("slow"));
    assertThat(new String(line.judged.get(0).image(), StandardCharsets.UTF_8)).isEqualTo("whole");
    assertThat(line.missed).isEmpty();
  }

  @Test
  void aFileThatStaysCutShortFailsWithTheReasonBesideItWhileOthersAreJudged() throws Exception {
    drop("cut.png", "half", 1);
    drop("empty.png", "", 1);
    drop("good.png", "ok", 2);
    FolderSource folder = start();
    assertThatSoon(() -> assertThat(in("done")).containsExactly("good.png"));
    assertThatSoon(() -> assertThat(in("failed")).containsExactly("cut.png", "cut.png.txt", "empty.png", "empty.png.txt"));
    assertThat(root.resolve("in/failed/cut.png.txt")).content().startsWith("image-truncated\nThe image ends too early.");
    assertThatSoon(() -> assertThat(line.missed).hasSize(2));
    assertThat(line.missed.get(0).partId()).hasValue("cut");
    assertThat(line.missed.get(0).code()).isEqualTo("image-truncated");
    assertThat(folder.status().dropped()).isEqualTo(2);
  }

  @Test
  void whatIsNoSupportedImageIsTooLargeOrFailsTheStationInsideFailsWithItsCode() throws Exception {
    drop("film.png", "odd", 1);
    drop("large.png", "x".repeat((int) MAX_BYTES + 1), 2);
    drop("boom.png", "boom", 3);
    drop("limit.png", "x".repeat((int) MAX_BYTES), 4);
    start();
    assertThatSoon(() -> assertThat(line.missed).extracting("code").containsExactlyInAnyOrder("image-unsupported", "image-too-large", "internal"));
    assertThat(line.parts()).containsExactly("limit");
    assertThat(in("failed")).contains("film.png", "large.png", "boom.png");
  }

  @Test
  void linksFoldersAndWhatIsNoFileAreLeftAlone() throws Exception {
    Path secret = Files.writeString(root.resolve("secret.png"), "ok");
    Files.createSymbolicLink(inbox().resolve("link.png"), secret);
    Files.createDirectories(inbox().resolve("sub.png"));
    Files.writeString(inbox().resolve("sub.png/inner.png"), "ok");
    drop("good.png", "ok", 1);
    start();
    assertThatSoon(() -> assertThat(in("done")).containsExactly("good.png"));
    assertThat(line.parts()).containsExactly("good");
    assertThat(root.resolve("in/link.png")).exists();
    assertThat(secret).exists();
  }

  @Test
  void aFolderThatIsMissingIsAnAlarmAndIsTakenUpWhenItIsThere() throws Exception {
    FolderSource folder = start();
    assertThatSoon(() -> assertThat(folder.status().condition().state()).isEqualTo(State.FAILS));
    assertThat(folder.status().condition().words()).contains("is not there").contains("mounted");
    drop("a.png", "ok", 1);
    assertThatSoon(() -> assertThat(line.parts()).containsExactly("a"));
    assertThatSoon(() -> assertThat(folder.status().condition().state()).isEqualTo(State.WORKS));
  }

  @Test
  void aJudgedImageThatCannotBeMovedIsAnAlarmAndIsNotJudgedTwice() throws Exception {
    drop("a.png", "ok", 1);
    drop("b.png", "ok", 2);
    Files.writeString(root.resolve("in/done"), "a file where the folder should be");
    FolderSource folder = start();
    assertThatSoon(() -> assertThat(folder.status().condition().words()).contains("was judged and cannot be taken away"));
    folder.close();
    start();
    assertThatSoon(() -> assertThat(source.orElseThrow().status().condition().words()).contains("was judged and cannot be taken away"));
    assertThat(line.parts()).containsExactly("a");
    Files.delete(root.resolve("in/done"));
    assertThatSoon(() -> assertThat(in("done")).containsExactly("a.png", "b.png"));
    assertThat(line.parts()).containsExactly("a", "b");
  }

  @Test
  void anImageWhoseVerdictIsOnRecordIsNotJudgedAgainAfterACrash() throws Exception {
    Path file = drop("a.png", "ok", 1);
    claim(file);
    line.records.put(ID, line.inspect(new io.kerf.inspection.Frame(new byte[] {1}, "flange", Optional.of("before"), Optional.empty(), "inbox", MORNING)));
    start();
    assertThatSoon(() -> assertThat(in("done")).containsExactly("a.png"));
    assertThat(line.parts()).containsExactly("before");
  }

  @Test
  void anImageWhoseVerdictIsNotOnRecordIsJudgedAfterACrash() throws Exception {
    claim(drop("a.png", "ok", 1));
    start();
    assertThatSoon(() -> assertThat(in("done")).containsExactly("a.png"));
    assertThat(line.parts()).containsExactly("a");
  }

  @Test
  void anotherImageOfTheSameNameIsJudged() throws Exception {
    claim(drop("a.png", "ok", 1));
    line.records.put(ID, line.inspect(new io.kerf.inspection.Frame(new byte[] {1}, "flange", Optional.of("before"), Optional.empty(), "inbox", MORNING)));
    drop("a.png", "ok", 2);
    start();
    assertThatSoon(() -> assertThat(line.parts()).containsExactly("before", "a"));
  }

  private static final String ID = "01a20aea-6103-73b9-b475-fa166c2d9271";

  private void claim(Path file) throws Exception {
    try (Claim.Book book = Claim.Book.open(root.resolve("data/inbox.claim"))) {
      book.write(new Claim(ID, file.getFileName().toString(), Files.size(file), Files.getLastModifiedTime(file).toMillis()));
    }
  }

  @Test
  void whatIsWrongWithTheStationIsNoFaultOfAnImage() throws Exception {
    line.trouble = Optional.of(new FaultException(Fault.DISK_FULL, "The disk is full: the verdict was not recorded."));
    drop("a.png", "ok", 1);
    FolderSource folder = start();
    assertThatSoon(() -> assertThat(folder.status().condition().words()).contains("The disk is full"));
    assertThat(root.resolve("in/a.png")).exists();
    line.trouble = Optional.empty();
    assertThatSoon(() -> assertThat(in("done")).containsExactly("a.png"));
    assertThat(line.parts()).containsExactly("a");
    assertThat(line.missed).isEmpty();
  }

  @Test
  void judgedImagesCanBeDeletedInstead() throws Exception {
    drop("a.png", "ok", 1);
    start(FolderSettings.After.DELETE);
    assertThatSoon(() -> assertThat(line.parts()).containsExactly("a"));
    assertThatSoon(() -> assertThat(root.resolve("in/a.png")).doesNotExist());
    assertThat(in("done")).isEmpty();
  }

  @Test
  void anImageThatIsBeingJudgedWhenTheSourceIsClosedIsJudgedAndMoved() throws Exception {
    CountDownLatch judging = new CountDownLatch(1);
    line.before = judging::countDown;
    drop("a.png", "ok", 1);
    FolderSource folder = start();
    judging.await();
    folder.close();
    assertThat(in("done")).containsExactly("a.png");
    assertThat(line.parts()).containsExactly("a");
  }
}
