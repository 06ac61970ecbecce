package io.kerf.inspection.rescore;

import static io.kerf.inspection.rescore.RescoringFixture.MORNING;
import static io.kerf.inspection.rescore.RescoringFixture.RECIPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.encoder.DjlEncoder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.inspection.Conclusion;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.LineTraffic;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.rescore.RescoringReport.Counts;
import io.kerf.inspection.rescore.RescoringReport.Transition;
import io.kerf.model.Activation;
import io.kerf.model.BundleStore;
import io.kerf.model.Generation;
import io.kerf.training.SyntheticParts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real bundles that hold opposite things for good, and parts that the pipeline judged with the first. */
class RescoringTest {
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-03T00:00:00Z"), ZoneOffset.UTC);

  @TempDir
  private static Path shared;
  private static String discs;
  private static String bars;
  private static final List<byte[]> GOOD = new ArrayList<>();
  private static final List<byte[]> BAD = new ArrayList<>();

  @TempDir
  private Path temp;
  private final LineTraffic line = new LineTraffic(() -> 0);
  private RescoringFixture station;
  private Rescorings rescorings;

  @BeforeAll
  static void learnTwo() throws Exception {
    BundleStore made = new BundleStore(shared.resolve("models"));
    discs = RescoringFixture.learn(made, shared, false);
    bars = RescoringFixture.learn(made, shared, true);
    for (int i = 0; i < 3; i++) {
      GOOD.add(Files.readAllBytes(SyntheticParts.good(shared.resolve("new-good"), 3, 7).get(i)));
      BAD.add(Files.readAllBytes(SyntheticParts.bad(shared.resolve("new-bad"), 3, 8).get(i)));
    }
  }

  @BeforeEach
  void start() throws Exception {
    station = new RescoringFixture(temp);
    station.copyBundles(shared.resolve("models"));
    station.use(discs);
    rescorings = rescorings(DjlEncoder.ONNX_RUNTIME, 1000);
  }

  @AfterEach
  void stop() {
    rescorings.close();
    station.close();
  }

  private Rescorings rescorings(String engine, int maxChanges) {
    Rescorer rescorer = new Rescorer(station.store, new ImageDecoder(ImageLimits.DEFAULT), engine, 1, line, maxChanges, CLOCK, System::nanoTime);
    int[] given = new int[1];
    return new Rescorings(rescorer, recipe -> new BundleStore(station.folder.models(recipe)), () -> "r" + ++given[0]);
  }

  /** Alternately good and bad ones, a minute apart. */
  private List<Inspection> sixParts() {
    return sixParts(0);
  }

  private List<Inspection> sixParts(int minute) {
    List<Inspection> judged = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      judged.add(station.judge(GOOD.get(i), minute + 2 * i, "L" + i));
      judged.add(station.judge(BAD.get(i), minute + 2 * i + 1, "L" + i));
    }
    return judged;
  }

  private static RescoringOrder order(String bundle) {
    return new RescoringOrder(RECIPE, Optional.of(bundle), Optional.empty(), Optional.empty(), Optional.empty(), "ann");
  }

  private RescoringReport ended(RescoringOrder order) throws Exception {
    Rescoring rescoring = rescorings.start(order);
    assertThat(rescoring.awaitEnd(Duration.ofSeconds(60))).isTrue();
    return rescoring.report();
  }

  private void refused(Fault fault, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  private Path imageOf(Inspection inspection) throws IOException {
    try (Stream<Path> files = Files.walk(station.folder.evidence())) {
      return files.filter(file -> file.getFileName().toString().equals(inspection.id() + ".png")).findFirst().orElseThrow();
    }
  }

  @Test
  void theSameBundleSaysTheSameToTheLastDigit() throws Exception {
    assertThat(sixParts()).extracting(Inspection::verdict).contains(Verdict.OK, Verdict.NG);
    station.judge(black(), 6, "L9");
    RescoringReport report = ended(order(discs.substring(0, 10)));
    assertThat(report.state()).isEqualTo(RescoringState.DONE);
    assertThat(report.counts()).isEqualTo(new Counts(7, 7, 0, 0, 7, 7, 0));
    assertThat(report.changes()).hasValue(List.of());
    assertThat(report.first()).isEmpty();
    assertThat(report.share()).isEqualTo(1);
    assertThat(report.remainingSeconds()).isEmpty();
    assertThat(report.order().bundle()).hasValue(discs);
    assertThat(report.notes()).isEmpty();
  }

  /** Six parts by one bundle, then the same six by the other: each run changes what the other bundle had judged, as that judges it itself. */
  @Test
  void anotherBundleChangesTheVerdictsItSeesOtherwise() throws Exception {
    List<Inspection> byDiscs = sixParts(0);
    station.use(bars);
    List<Inspection> byBars = sixParts(6);

    RescoringReport nowBars = ended(order(bars));
    List<VerdictChange> toBars = changes(byDiscs, byBars);
    assertThat(nowBars.changes()).hasValue(toBars);
    assertThat(nowBars.counts()).isEqualTo(new Counts(12, 12, 0, 0, 12 - toBars.size(), 6, toBars.size()));
    assertThat(nowBars.transitions()).contains(new Transition(Verdict.NG, Verdict.OK, 3, toBars.get(0), toBars.get(toBars.size() - 1)));

    RescoringReport nowDiscs = ended(order(discs));
    List<VerdictChange> toDiscs = changes(byBars, byDiscs);
    assertThat(nowDiscs.changes()).hasValue(toDiscs);
    assertThat(nowDiscs.first()).hasValue(toDiscs.get(0));
    assertThat(nowDiscs.last()).hasValue(toDiscs.get(toDiscs.size() - 1));
    assertThat(toDiscs.get(0).capturedAt()).as("since when").isEqualTo(MORNING.plusSeconds(7 * 60));
    assertThat(toDiscs.get(0).before().bundle()).hasValue(bars);
    assertThat(toDiscs.get(0).after().bundle()).hasValue(discs);
    assertThat(nowDiscs.transitions()).contains(new Transition(Verdict.OK, Verdict.NG, 3, toDiscs.get(0), toDiscs.get(toDiscs.size() - 1)));
  }

  private static List<VerdictChange> changes(List<Inspection> onRecord, List<Inspection> byTheOther) {
    return IntStream.range(0, 6).filter(i -> onRecord.get(i).verdict() != byTheOther.get(i).verdict())
        .mapToObj(i -> VerdictChange.of(onRecord.get(i), Conclusion.of(byTheOther.get(i)))).toList();
  }

  @Test
  void theModelInUseIsTheDefaultAndStaysInUse() throws Exception {
    sixParts();
    Generation inUse = station.models.current(RECIPE).orElseThrow();
    RescoringReport report = ended(new RescoringOrder(RECIPE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "ann"));
    assertThat(report.order().bundle()).hasValue(discs);
    ended(order(bars));
    assertThat(station.models.current(RECIPE)).containsSame(inUse);
    assertThat(station.bundles.active().map(Activation::digest)).hasValue(discs);
  }

  @Test
  void aPartThatWasUnjudgedWithoutAModelIsJudgedNow() throws Exception {
    station.close();
    station = new RescoringFixture(temp.resolve("new"));
    station.judge(GOOD.get(0), 0, "L0");
    station.copyBundles(shared.resolve("models"));
    rescorings = rescorings(DjlEncoder.ONNX_RUNTIME, 1000);
    RescoringReport report = ended(order(discs));
    assertThat(report.transitions()).extracting(Transition::before).containsExactly(Verdict.UNJUDGED);
    assertThat(report.first().orElseThrow().before().reason().orElseThrow().code()).isEqualTo("no-model");
    assertThat(report.first().orElseThrow().before().bundle()).isEmpty();
  }

  @Test
  void partsWithoutTheirImageAreCountedApart() throws Exception {
    List<Inspection> parts = sixParts();
    Files.delete(imageOf(parts.get(1)));
    Path damaged = imageOf(parts.get(4));
    Files.write(damaged, new byte[(int) Files.size(damaged)]);
    RescoringReport report = ended(order(discs));
    assertThat(report.state()).isEqualTo(RescoringState.DONE);
    assertThat(report.counts()).isEqualTo(new Counts(6, 6, 1, 1, 4, 4, 0));
    assertThat(report.notes()).hasSize(2).anyMatch(note -> note.startsWith("Of 1 parts the image is not kept any more"));
  }

  @Test
  void onlyThePartsOfTheSpanAreLookedAt() throws Exception {
    sixParts();
    Optional<Instant> second = Optional.of(MORNING.plusSeconds(60));
    Optional<Instant> fifth = Optional.of(MORNING.plusSeconds(240));
    assertThat(ended(new RescoringOrder(RECIPE, Optional.of(bars), second, fifth, Optional.empty(), "ann")).counts().lookedAt()).isEqualTo(3);
    assertThat(ended(new RescoringOrder(RECIPE, Optional.of(bars), Optional.empty(), second, Optional.empty(), "ann")).counts().lookedAt()).isEqualTo(1);
    RescoringReport lot = ended(new RescoringOrder(RECIPE, Optional.of(bars), Optional.empty(), Optional.empty(), Optional.of("L2"), "ann"));
    assertThat(lot.counts().lookedAt()).isEqualTo(2);
    assertThat(lot.changes().orElseThrow()).isNotEmpty().allSatisfy(change -> assertThat(change.lot()).hasValue("L2"));
  }

  @Test
  void theListIsAsLongAsItMayBeAndTheRestIsCounted() throws Exception {
    sixParts();
    int all = ended(order(bars)).changes().orElseThrow().size();
    rescorings = rescorings(DjlEncoder.ONNX_RUNTIME, 2);
    RescoringReport cut = ended(order(bars));
    assertThat(all).isGreaterThan(2);
    assertThat(cut.changes().orElseThrow()).hasSize(2);
    assertThat(cut.counts().changed()).isEqualTo(all);
    assertThat(cut.last()).isNotEqualTo(Optional.of(cut.changes().get().get(1)));
    assertThat(cut.notes()).containsExactly("Only the first 2 of " + all + " changes are listed (kerf.rescoring.max-changes, --max-changes); all are counted.");
    assertThat(cut.brief().changes()).isEmpty();
  }

  @Test
  void theLineGoesFirstOneRunsAtATimeAndItCanBeCancelled() throws Exception {
    sixParts();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread part = new Thread(() -> line.during(() -> {
      begun.countDown();
      return uninterrupted(end);
    }));
    part.start();
    begun.await();
    Rescoring waiting = rescorings.start(order(bars));
    refused(Fault.RESCORING_RUNNING, () -> rescorings.start(order(bars)));
    assertThat(rescorings.cancel("r1")).containsSame(waiting);
    assertThat(waiting.isRunning()).isFalse();
    RescoringReport report = waiting.report();
    assertThat(report.state()).isEqualTo(RescoringState.CANCELLED);
    assertThat(report.counts()).isEqualTo(new Counts(6, 0, 0, 0, 0, 0, 0));
    assertThat(report.notes()).containsExactly("It ended early: of 6 later parts nothing is known.");
    assertThat(report.endedAt()).hasValue(CLOCK.instant());
    assertThat(rescorings.cancel("r1").orElseThrow().report()).isEqualTo(report);
    assertThat(rescorings.cancel("r9")).isEmpty();
    end.countDown();
    part.join();
  }

  private static boolean uninterrupted(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void itEndsWithTheStationAndNoneBeginsAfterwards() throws Exception {
    sixParts();
    Rescoring running = rescorings.start(order(bars));
    rescorings.close();
    assertThat(running.isRunning()).isFalse();
    refused(Fault.SHUTTING_DOWN, () -> rescorings.start(order(bars)));
  }

  @Test
  void whatCannotBeDoneIsRefusedAtOnceWithItsCode() throws Exception {
    refused(Fault.NOTHING_TO_RESCORE, () -> rescorings.start(order(bars)));
    sixParts();
    refused(Fault.NOTHING_TO_RESCORE,
        () -> rescorings.start(new RescoringOrder(RECIPE, Optional.of(bars), Optional.of(CLOCK.instant()), Optional.empty(), Optional.empty(), "ann")));
    refused(Fault.BUNDLE_NOT_FOUND, () -> rescorings.start(order("zz")));
    refused(Fault.BUNDLE_NOT_FOUND,
        () -> rescorings.start(new RescoringOrder("other", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "ann")));
    refused(Fault.BAD_FIELD, () -> new RescoringOrder(RECIPE, Optional.empty(), Optional.of(CLOCK.instant()), Optional.of(MORNING), Optional.empty(), "ann"));
    Path onnx = station.bundles.folder().resolve(bars).resolve("encoder.onnx");
    byte[] bytes = Files.readAllBytes(onnx);
    bytes[1000] ^= 1;
    Files.write(onnx, bytes);
    refused(Fault.BUNDLE_CORRUPT, () -> rescorings.start(order(bars)));
    assertThat(rescorings.recent()).isEmpty();
  }

  @Test
  void aFailureIsToldAndTheNextOneMayBegin() throws Exception {
    sixParts();
    rescorings = rescorings("NoSuchEngine", 10);
    for (int i = 0; i < Rescorings.KEPT + 1; i++) {
      RescoringReport report = ended(order(discs));
      assertThat(report.state()).isEqualTo(RescoringState.FAILED);
      assertThat(report.problem().orElseThrow().code()).isEqualTo("engine-unavailable");
    }
    assertThat(rescorings.recent()).hasSize(Rescorings.KEPT);
    assertThat(rescorings.recent().get(0).id()).isEqualTo("r" + (Rescorings.KEPT + 1));
    assertThat(rescorings.byId("r1")).isEmpty();
  }

  private static byte[] black() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }
}
