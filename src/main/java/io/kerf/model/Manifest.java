package io.kerf.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kerf.imaging.Preprocessing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a bundle is made of. Written last, as {@value #FILE}; the SHA-256 of its bytes is the bundle's digest, and it holds the SHA-256 of
 * every other file, so one digest stands for all of it.
 *
 * @param format {@value #FORMAT}; another number is refused
 * @param outputs of {@code encoder.onnx}, by name, in order
 * @param files every file of the bundle but this one
 */
public record Manifest(
    int format,
    Instant createdAt,
    String recipe,
    Preprocessing preprocessing,
    List<Output> outputs,
    String density,
    Provenance provenance,
    List<Entry> files) {

  public static final String FILE = "manifest.json";
  public static final int FORMAT = 1;
  public static final String ENCODER_ONNX = "encoder.onnx";
  public static final String ENCODER_WEIGHTS = "encoder.safetensors";
  public static final String DENSITY = "density.safetensors";
  public static final String CALIBRATION = "calibration.json";
  public static final String REPORT = "report.json";

  /** @param shape with 0 for the free batch dimension */
  public record Output(String name, List<Integer> shape) {}

  /** @param sha256 in lower-case hexadecimal */
  public record Entry(String name, long bytes, String sha256) {}

  /**
   * Where the bundle came from.
   *
   * @param encoder in words: {@code CutPaste 3-way, 412 steps} or {@code random}
   * @param seconds of stepping
   * @param normals good parts that encoder and density learnt from
   * @param heldOut good parts that only the calibration saw
   * @param startedFrom file of weights, where training did not start from random ones
   * @param parent digest of the bundle this one was fine-tuned from
   * @param software versions of what made it
   */
  public record Provenance(
      String encoder,
      @JsonProperty("task") String task,
      long steps,
      double seconds,
      long seed,
      int threads,
      int normals,
      int heldOut,
      Optional<String> startedFrom,
      Optional<String> parent,
      String software) {}

  Manifest withFiles(List<Entry> entries) {
    return new Manifest(format, createdAt, recipe, preprocessing, outputs, density, provenance, entries);
  }
}
