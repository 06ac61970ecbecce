package io.kerf.inspection.rescore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.encoder.DjlEncoder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.inspection.Conclusion;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.LineTraffic;
import io.kerf.inspection.Verdict;
import io.kerf.model.BundleStore;
import io.kerf.storage.AtomicFiles;
import io.kerf.training.SyntheticParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a bad disc that a model of discs stopped, and that is no longer in use. */
class ReplayerTest {
  @TempDir
  private static Path temp;
  private static RescoringFixture station;
  private static byte[] bad;
  private static byte[] good;
  private static Inspection onRecord;
  private static Replayer replayer;

  @BeforeAll
  static void judge() throws Exception {
    station = new RescoringFixture(temp.resolve("data"));
    station.use(RescoringFixture.learn(station.bundles, temp, false));
    bad = Files.readAllBytes(SyntheticParts.bad(temp.resolve("bad"), 1, 8).get(0));
    good = Files.readAllBytes(SyntheticParts.good(temp.resolve("good"), 1, 9).get(0));
    onRecord = station.judge(bad, 0, "L");
    station.use(RescoringFixture.learn(station.bundles, temp, true));
    replayer = new Replayer(rescorer(), recipe -> new BundleStore(station.folder.models(recipe)));
  }

  private static Rescorer rescorer() {
    return new Rescorer(station.store, new ImageDecoder(ImageLimits.DEFAULT), DjlEncoder.ONNX_RUNTIME, 1, new LineTraffic(System::nanoTime), 1, Clock.systemUTC(), System::nanoTime);
  }

  @AfterAll
  static void close() {
    station.close();
  }

  @Test
  void theSameBundleAndEngineGiveTheSameToTheLastDigitEachTime() throws Exception {
    for (int i = 0; i < 3; i++) {
      Replay replay = replayer.replay(onRecord.id(), Optional.empty());
      assertThat(replay.match()).isEqualTo(Replay.Match.IDENTICAL);
      assertThat(replay.now()).isEqualTo(Conclusion.of(onRecord));
      assertThat(replay.sentence()).contains("to the last digit").contains("OnnxRuntime judged both times");
      assertThat(replay.heatMapPng()).contains(station.store.heatMap(station.store.byId(onRecord.id()).orElseThrow()).orElseThrow());
    }
  }

  @Test
  void aVerdictUnderAThresholdThatTheStationHadSetIsReplayedUnderThat() throws Exception {
    Judgement own = onRecord.judgement().orElseThrow();
    Judgement loosened = new Judgement(own.bundle(), own.score(), own.pValue(), own.score() + 1, own.engine());
    Inspection passed = new Inspection(new InspectionIds(Clock.systemUTC(), new Random(1), Optional.empty()).next(), onRecord.capturedAt(), onRecord.recipe(), onRecord.partId(),
        onRecord.lot(), onRecord.source(), onRecord.mark(), Verdict.OK, Optional.of(loosened), Optional.empty(), onRecord.timings());
    station.store.record(passed, bad, Optional.empty());
    Replay replay = replayer.replay(passed.id(), Optional.empty());
    assertThat(replay.match()).isEqualTo(Replay.Match.IDENTICAL);
    assertThat(replay.now().verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void anotherImageGivesAnotherVerdictAndThatIsSaid() throws Exception {
    Replay replay = replayer.replay(onRecord.id(), Optional.of(good));
    assertThat(replay.match()).isEqualTo(Replay.Match.DIFFERENT);
    assertThat(replay.now().verdict()).isEqualTo(Verdict.OK);
    assertThat(replay.sentence()).contains("They differ");
  }

  @Test
  void whatCannotBeReplayedSaysWhyByItsCode() throws Exception {
    assertThat(fault("0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55")).isEqualTo(Fault.NOT_FOUND);
    Inspection gone = station.judge(bad, 1, "L");
    try (Stream<Path> files = Files.walk(station.folder.evidence())) {
      for (Path file : files.filter(file -> file.getFileName().toString().startsWith(gone.id())).toList()) {
        Files.delete(file);
      }
    }
    assertThat(fault(gone.id())).isEqualTo(Fault.IMAGE_GONE);
  }

  @Test
  void aBundleThatWasDeletedIsNamed() throws Exception {
    BundleStore empty = new BundleStore(temp.resolve("nothing"));
    assertThatThrownBy(() -> new Replayer(rescorer(), recipe -> empty).replay(onRecord.id(), Optional.empty())).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.BUNDLE_NOT_FOUND);
      assertThat(e.detail()).contains(onRecord.judgement().orElseThrow().bundle()).contains("not kept any more");
    });
  }

  @Test
  void aPartThatNoModelJudgedHasNothingToReplay() throws Exception {
    try (RescoringFixture bare = new RescoringFixture(temp.resolve("bare"))) {
      Inspection unjudged = bare.judge(bad, 0, "L");
      Rescorer with = new Rescorer(bare.store, new ImageDecoder(ImageLimits.DEFAULT), DjlEncoder.ONNX_RUNTIME, 1, new LineTraffic(System::nanoTime), 1, Clock.systemUTC(), System::nanoTime);
      assertThatThrownBy(() -> new Replayer(with, recipe -> bare.bundles).replay(unjudged.id(), Optional.empty()))
          .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NOTHING_TO_REPLAY)).hasMessageContaining("no-model");
    } finally {
      AtomicFiles.deleteTree(temp.resolve("bare"));
    }
  }

  /** Of a threshold of about some forty nats, by hand. */
  @Test
  void anotherEngineMayRoundTheScoreButNotTheVerdict() {
    Judgement now = onRecord.judgement().orElseThrow();
    double slack = Replay.TOLERANCE * now.threshold();
    assertThat(byPlan(now.score() + 0.9 * slack, Verdict.NG).match()).isEqualTo(Replay.Match.WITHIN_TOLERANCE);
    assertThat(byPlan(now.score() + 1.1 * slack, Verdict.NG).match()).isEqualTo(Replay.Match.DIFFERENT);
    assertThat(byPlan(now.score() + 0.1 * slack, Verdict.OK).match()).isEqualTo(Replay.Match.DIFFERENT);
    assertThat(byPlan(now.score() + 0.1 * slack, Verdict.NG).sentence()).contains("TensorRT judged the first time and OnnxRuntime now");
    assertThat(by("OnnxRuntime", now.score() + 0.1 * slack, Verdict.NG).match()).as("the same engine does not round").isEqualTo(Replay.Match.DIFFERENT);
  }

  private static Replay byPlan(double score, Verdict verdict) {
    return by("TensorRT", score, verdict);
  }

  /** A record by some engine, replayed by ONNX Runtime. */
  private static Replay by(String engine, double score, Verdict verdict) {
    Judgement now = onRecord.judgement().orElseThrow();
    Judgement then = new Judgement(now.bundle(), score, now.pValue(), now.threshold(), Optional.of(engine));
    Inspection before = new Inspection(onRecord.id(), onRecord.capturedAt(), onRecord.recipe(), onRecord.partId(), onRecord.lot(), onRecord.source(), onRecord.mark(), verdict,
        Optional.of(then), Optional.empty(), onRecord.timings());
    return new Replay(before, Conclusion.of(onRecord), "OnnxRuntime", Optional.empty());
  }

  private static Fault fault(String id) throws Exception {
    try {
      replayer.replay(id, Optional.empty());
    } catch (FaultException e) {
      return e.fault();
    }
    throw new AssertionError("it was replayed");
  }
}
