package io.kerf.evaluation;

import io.kerf.evaluation.LightRow.Pair;
import io.kerf.evaluation.LightRow.Source;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Disturbance;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Picture;
import io.kerf.model.Generation;
import io.kerf.model.PartJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Random;

/** Judges good parts and a sample of defective ones under every standard disturbance, applied to the decoded picture before it is framed. */
final class LightTrial {
  static final int MOST_DEFECTIVE = 100;
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

  private final Generation generation;
  private final long seed;

  /** @param seed of the sample of defective parts */
  LightTrial(Generation generation, long seed) {
    this.generation = generation;
    this.seed = seed;
  }

  private record Part(Source source, LabelledImage image) {}

  /** @param heldOut good parts of the training set that the model's encoder has not learnt from */
  Light run(Dataset dataset, List<Path> heldOut) {
    double alpha = generation.bundle().rules().calibration().falseRejectBudget();
    List<Map<String, Pair>> judged = parts(dataset, heldOut).parallelStream().map(this::judged).toList();
    List<LightRow> rows = new ArrayList<>();
    for (Disturbance disturbance : Disturbance.STANDARD) {
      List<Pair> pairs = judged.stream().flatMap(part -> Optional.ofNullable(part.get(disturbance.label())).stream()).toList();
      if (!pairs.isEmpty()) {
        rows.add(LightRow.of(disturbance.label(), pairs, alpha));
      }
    }
    List<Pair> untouched = judged.stream().flatMap(part -> part.values().stream().limit(1)).map(pair -> new Pair(pair.source(), pair.before(), pair.before()))
        .toList();
    return new Light(LightRow.of("undisturbed", untouched, alpha), rows);
  }

  private List<Part> parts(Dataset dataset, List<Path> heldOut) {
    List<Part> parts = new ArrayList<>();
    heldOut.forEach(file -> parts.add(new Part(Source.HELD_OUT, new LabelledImage(file, LabelledImage.GOOD, false, Optional.empty(), Optional.empty()))));
    dataset.test().stream().filter(image -> !image.defective()).forEach(image -> parts.add(new Part(Source.TEST_GOOD, image)));
    List<LabelledImage> defective = new ArrayList<>(dataset.test().stream().filter(LabelledImage::defective).toList());
    Collections.shuffle(defective, new Random(seed));
    defective.stream().limit(MOST_DEFECTIVE).forEach(image -> parts.add(new Part(Source.DEFECTIVE, image)));
    return parts;
  }

  /** By label of the disturbance; nothing for an image that cannot be read. */
  private Map<String, Pair> judged(Part part) {
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      Picture picture = DECODER.decode(Files.readAllBytes(part.image.image()), lease.bundle().manifest().preprocessing().neededShortSidePx()).picture();
      CaseResult before = judged(lease, part, picture);
      Map<String, Pair> pairs = new LinkedHashMap<>();
      for (Disturbance disturbance : Disturbance.STANDARD) {
        // Coloured light is nothing that can happen to a grey camera.
        if (!(disturbance instanceof Disturbance.Warmth) || !picture.isGrey()) {
          pairs.put(disturbance.label(), new Pair(part.source, before, judged(lease, part, disturbance.applyTo(picture))));
        }
      }
      return pairs;
    } catch (FaultException unreadable) {
      return Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CaseResult judged(Generation.Lease lease, Part part, Picture picture) {
    return new CaseResult(part.image, TestRun.outcome(lease.judge().assess(picture, PartJudge.StageClock.NONE)), 0);
  }
}
