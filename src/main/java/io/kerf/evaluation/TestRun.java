package io.kerf.evaluation;

import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageDecoder.Decoded;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Preprocessing;
import io.kerf.model.Assessment;
import io.kerf.model.Generation;
import io.kerf.model.HeatMapOverlay;
import io.kerf.model.PartJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Judges the test images of a data set by the same code that inspects, a window of them at a time on all cores. */
final class TestRun {
  private static final int WINDOW = 16;
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

  private TestRun() {}

  /**
   * One test image judged.
   *
   * @param stageMillis decode, encode, score, heat map
   * @param heat empty where it could not be judged
   */
  record Judged(CaseResult result, double[] stageMillis, Optional<Heat> heat) {}

  /**
   * @param overlay PNG in the image's frame
   * @param inImage heat at the image's own resolution, or absent once it has been counted
   */
  record Heat(byte[] overlay, float[] embedding, Optional<float[]> inImage, int widthPx, int heightPx) {
    Heat counted() {
      return new Heat(overlay, embedding, Optional.empty(), widthPx, heightPx);
    }
  }

  static List<Judged> judge(Generation generation, Dataset dataset, Scorecard card) {
    boolean masks = dataset.test().stream().anyMatch(image -> image.mask().isPresent());
    List<Judged> all = new ArrayList<>();
    for (int from = 0; from < dataset.test().size(); from += WINDOW) {
      List<LabelledImage> window = dataset.test().subList(from, Math.min(dataset.test().size(), from + WINDOW));
      Judged[] judged = new Judged[window.size()];
      IntStream.range(0, judged.length).parallel().forEach(i -> judged[i] = judge(generation, window.get(i), masks));
      for (Judged one : judged) {
        card.add(one.result());
        one.heat().ifPresent(heat -> count(card, one.result().image(), heat));
        all.add(new Judged(one.result(), one.stageMillis(), one.heat().map(Heat::counted)));
      }
    }
    return all;
  }

  static void judgeFloor(Generation random, Dataset dataset, Scorecard card) {
    CaseResult[] results = new CaseResult[dataset.test().size()];
    IntStream.range(0, results.length).parallel().forEach(i -> results[i] = judge(random, dataset.test().get(i), false).result());
    for (CaseResult result : results) {
      card.addFloor(result);
    }
  }

  private static void count(Scorecard card, LabelledImage image, Heat heat) {
    if (heat.inImage().isEmpty()) {
      return;
    }
    if (!image.defective()) {
      card.addGoodHeatMap(heat.inImage().get());
    } else if (image.mask().isPresent()) {
      card.addHeatMap(image, heat.inImage().get(), Mask.read(image.mask().get()).resized(heat.widthPx(), heat.heightPx()));
    }
  }

  private static Judged judge(Generation generation, LabelledImage image, boolean masks) {
    double[] millis = new double[4];
    long[] last = {System.nanoTime()};
    long began = last[0];
    PartJudge.StageClock clock = stage -> {
      long now = System.nanoTime();
      millis[stage == PartJudge.Stage.FRAME ? 0 : stage.ordinal()] += (now - last[0]) / 1e6;
      last[0] = now;
    };
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      Preprocessing preprocessing = lease.bundle().manifest().preprocessing();
      Decoded decoded = DECODER.decode(Files.readAllBytes(image.image()), preprocessing.neededShortSidePx());
      Assessment assessment = lease.judge().assess(decoded.picture(), clock);
      double took = (System.nanoTime() - began) / 1e6;
      if (assessment instanceof Assessment.Judged judged) {
        boolean counts = masks && (!image.defective() || image.mask().isPresent());
        int width = decoded.originalWidthPx();
        int height = decoded.originalHeightPx();
        Optional<float[]> inImage = counts ? Optional.of(preprocessing.unframe(judged.heat(), width, height)) : Optional.empty();
        return new Judged(new CaseResult(image, outcome(assessment), took), millis,
            Optional.of(new Heat(HeatMapOverlay.png(lease.bundle(), judged.heat(), decoded), MaterialMaker.vector(judged.encoding()), inImage, width, height)));
      }
      return new Judged(new CaseResult(image, outcome(assessment), took), millis, Optional.empty());
    } catch (FaultException unreadable) {
      return new Judged(new CaseResult(image, new CaseResult.Unjudged(unreadable.fault().code()), (System.nanoTime() - began) / 1e6), millis, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CaseResult.Outcome outcome(Assessment assessment) {
    return assessment instanceof Assessment.Judged judged
        ? new CaseResult.Judged(judged.score(), judged.pValue(), judged.rejected(), judged.scores())
        : new CaseResult.Unjudged(((Assessment.CannotJudge) assessment).code());
  }
}
