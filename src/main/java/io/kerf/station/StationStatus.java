package io.kerf.station;

import io.kerf.model.LightWatch;
import io.kerf.station.plans.PlanState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the station is doing now, as the page and the API show it.
 *
 * @param mode {@link Mode#DEMO} while the built-in simulated line runs, {@link Mode#STATION} otherwise
 * @param recipe the product at hand
 * @param recipeInUse title, since when and by whom it is in use; empty in {@link Mode#DEMO} and where nothing names a recipe
 * @param message one sentence for the operator: what is happening, what it means, what to do
 * @param collecting present in {@link Phase#COLLECTING}
 * @param training present in {@link Phase#TRAINING} and, with its whole curve, afterwards where the station trained since it started
 * @param model present where a model is in use
 * @param demoTruth present in {@link Mode#DEMO}: the simulated line knows which parts it spoiled
 */
public record StationStatus(
    String name,
    Mode mode,
    Phase phase,
    String recipe,
    Optional<RecipeInUse> recipeInUse,
    String message,
    Optional<Collecting> collecting,
    Optional<Training> training,
    Optional<Model> model,
    Optional<DemoTruth> demoTruth) {

  public enum Mode {
    DEMO,
    STATION
  }

  public enum Phase {
    /** No model and nothing that makes one: every part is {@code UNJUDGED}. */
    WAITING,
    COLLECTING,
    TRAINING,
    JUDGING,
    /** Could not go on; {@link StationStatus#message()} says why and what to do. */
    FAILED
  }

  /**
   * @param title what people call it, where the station document says so
   * @param by who or what chose it
   */
  public record RecipeInUse(Optional<String> title, Instant since, String by) {}

  /** Good parts seen so far of those wanted before training. */
  public record Collecting(int collected, int wanted) {}

  /**
   * Progress of the training process.
   *
   * @param share of the whole, 0…1
   * @param remainingSeconds estimate
   * @param curve one point every few steps, oldest first
   */
  public record Training(String stage, long step, double share, double loss, double accuracy, double imagesPerSecond, double elapsedSeconds,
      double remainingSeconds, List<CurvePoint> curve) {}

  /**
   * @param loss cross entropy of the pretext task
   * @param accuracy share of pretext images named right, 0…1
   */
  public record CurvePoint(long step, double elapsedSeconds, double loss, double accuracy) {}

  /**
   * The model in use.
   *
   * @param digest of the bundle
   * @param encoder for example {@code CutPaste 3-way, 140 steps} or {@code random}
   * @param engine that runs the encoder: {@code OnnxRuntime}, {@code TensorRT}
   * @param plan whether the encoder is compiled for this device, or why not
   * @param density in words: which scores count
   * @param normals good parts the encoder was trained on
   * @param heldOut good parts the threshold was calibrated on
   * @param falseRejectBudget α, share of good parts that may be rejected
   * @param light how that of the last parts differs from that of the good parts; empty for the first few
   */
  public record Model(String digest, Instant createdAt, String encoder, String engine, PlanState plan, int widthPx, int heightPx, String density,
      int normals, int heldOut, double falseRejectBudget, double threshold, Optional<LightWatch.Drift> light) {}

  /** How the demo's verdicts compare with what the simulation really drew, since the model became active. */
  public record DemoTruth(int goodOk, int goodNg, int badOk, int badNg) {}
}
