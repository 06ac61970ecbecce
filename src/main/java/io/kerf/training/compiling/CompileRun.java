package io.kerf.training.compiling;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.tensorrt.PlanRecord;
import io.kerf.encoder.tensorrt.PlanStore;
import io.kerf.encoder.tensorrt.Precision;
import io.kerf.encoder.tensorrt.QuantizedGraph;
import io.kerf.encoder.tensorrt.StoredPlan;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.EncoderSource;
import io.kerf.model.Generation;
import io.kerf.model.Manifest;
import io.kerf.model.PartJudge;
import io.kerf.model.PartJudge.StageClock;
import io.kerf.pretext.Alteration;
import io.kerf.pretext.PretextOptions;
import io.kerf.storage.Sha256;
import io.kerf.training.Normals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** Compiles a bundle's encoder, and compares the plan with ONNX Runtime on the station's images, each as it is and with defects pasted on it. */
final class CompileRun {
  static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  private static final List<Alteration> DEFECTS = List.of(Alteration.CUTPASTE, Alteration.SCAR);
  private static final long SEED = 20250707;

  /** Makes a plan's bytes. */
  @FunctionalInterface
  interface Compiler {
    /** @param onnx the encoder, with scales in it for 8 bits */
    byte[] compile(CompileOrder order, Path onnx) throws IOException;
  }

  private final Compiler compiler;
  private final Function<StoredPlan, EncoderSource> loading;
  private final Clock clock;

  /** @param loading how an encoder of a plan is opened */
  CompileRun(Compiler compiler, Function<StoredPlan, EncoderSource> loading, Clock clock) {
    this.compiler = compiler;
    this.loading = loading;
    this.clock = clock;
  }

  /** @param folder of the order; the plan is left in there. @param stages hears what it is at */
  CompileResult run(Path folder, CompileOrder order, Consumer<String> stages) throws IOException {
    stages.accept("compile");
    Bundle bundle = BundleStore.read(order.bundle());
    long start = System.nanoTime();
    byte[] plan = compiler.compile(order, onnx(folder, order, bundle));
    double seconds = (System.nanoTime() - start) / 1e9;
    Path staged = Files.createDirectories(folder.resolve("staged"));
    Files.write(staged.resolve(StoredPlan.PLAN), plan);
    PlanRecord known = new PlanRecord(order.key(), plan.length, Sha256.of(plan), clock.instant(), seconds, "not compared yet", Optional.empty());
    StoredPlan stored = new PlanStore(folder.resolve("plans")).keep(known, staged);
    stages.accept("compare");
    PlanComparison comparison = PlanComparison.of(pairs(bundle, stored, order.images()), bundle.rules().calibration(), order.key().precision());
    if (comparison.refusal().isPresent()) {
      Files.delete(stored.folder().resolve(StoredPlan.PLAN));
    }
    CompileResult result = new CompileResult(new PlanRecord(known.key(), known.bytes(), known.sha256(), known.builtAt(), seconds, comparison.words(), comparison.refusal()),
        stored.folder());
    Files.write(folder.resolve(CompileResult.FILE), JSON.writeValueAsBytes(result));
    return result;
  }

  private static Path onnx(Path folder, CompileOrder order, Bundle bundle) throws IOException {
    Path onnx = order.bundle().resolve(Manifest.ENCODER_ONNX);
    if (order.key().precision() != Precision.INT8) {
      return onnx;
    }
    Preprocessing look = bundle.manifest().preprocessing();
    List<float[]> images = order.images().stream().map(image -> {
      Picture framed = look.frame(Normals.read(image, Math.min(look.widthPx(), look.heightPx())));
      look.standardise(framed.planes());
      return framed.planes();
    }).toList();
    Path quantized = folder.resolve("quantized.onnx");
    QuantizedGraph.write(onnx, images, look.widthPx(), look.heightPx(), quantized);
    return quantized;
  }

  private List<PlanComparison.Pair> pairs(Bundle bundle, StoredPlan plan, List<Path> images) {
    Generation reference = Generation.open(bundle, DjlEncoder.ONNX_RUNTIME, 1);
    try {
      Generation compiled = Generation.open(bundle, loading.apply(plan));
      try (Generation.Lease before = reference.lease().orElseThrow(); Generation.Lease after = compiled.lease().orElseThrow()) {
        return pairs(before.judge(), after.judge(), images, Math.min(bundle.manifest().preprocessing().widthPx(), bundle.manifest().preprocessing().heightPx()));
      } finally {
        compiled.retire();
      }
    } finally {
      reference.retire();
    }
  }

  private static List<PlanComparison.Pair> pairs(PartJudge reference, PartJudge compiled, List<Path> images, int shortSidePx) {
    List<PlanComparison.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Picture picture = Normals.read(images.get(i), shortSidePx);
      String name = images.get(i).getFileName().toString();
      pair(name, reference, compiled, picture).ifPresent(pairs::add);
      for (Alteration defect : DEFECTS) {
        SplittableRandom random = new SplittableRandom(SEED + 31L * i + defect.ordinal());
        float[] planes = defect.alter(picture.planes(), picture.width(), picture.height(), PretextOptions.DEFAULTS, random).planes();
        pair(name + " with a defect pasted on it", reference, compiled, new Picture(picture.width(), picture.height(), planes)).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  /** Empty where the image cannot be judged, which no encoder has a say in. */
  private static Optional<PlanComparison.Pair> pair(String name, PartJudge reference, PartJudge compiled, Picture picture) {
    return reference.assess(picture, StageClock.NONE) instanceof Assessment.Judged before && compiled.assess(picture, StageClock.NONE) instanceof Assessment.Judged after
        ? Optional.of(new PlanComparison.Pair(name, before.score(), after.score())) : Optional.empty();
  }
}
