package io.kerf.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.kerf.encoder.EncoderOutput;
import io.kerf.imaging.Preprocessing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a bundle is made of. Written last, as {@value #FILE}; the SHA-256 of its bytes is the bundle's digest, and it holds the SHA-256 of
 * every other file, so one digest stands for all of it.
 *
 * @param format {@value #FORMAT}; another number is refused
 * @param outputs of {@code encoder.onnx}, by their labels, in order
 * @param tiling how images larger than one forward are encoded
 * @param density in words: which scores count, and what each is
 * @param files every file of the bundle but this one
 */
public record Manifest(
    int format,
    Instant createdAt,
    String recipe,
    Preprocessing preprocessing,
    List<String> outputs,
    Tiling tiling,
    String density,
    Provenance provenance,
    List<Entry> files) {

  public static final String FILE = "manifest.json";
  public static final int FORMAT = 2;
  public static final String ENCODER_ONNX = "encoder.onnx";
  public static final String ENCODER_WEIGHTS = "encoder.safetensors";
  public static final String DENSITY = "density.safetensors";
  public static final String CALIBRATION = "calibration.json";
  public static final String REPORT = "report.json";

  /**
   * Largest side of one forward, and by how much neighbouring tiles overlap, in pixels: part of what a score depends on.
   *
   * @see io.kerf.encoder.TiledEncoder
   */
  public record Tiling(int tilePx, int overlapPx) {
    /** One forward of 768 × 768 px takes some 300 MB at its peak. */
    public static final Tiling DEFAULT = new Tiling(768, 128);
  }

  /** What the encoder gives. */
  @JsonIgnore
  public Set<EncoderOutput> encoderOutputs() {
    return outputs.stream().map(EncoderOutput::of).collect(Collectors.toSet());
  }

  /** @param sha256 in lower-case hexadecimal */
  public record Entry(String name, long bytes, String sha256) {}

  /**
   * Where the bundle came from.
   *
   * @param encoder in words: {@code CutPaste natural, 412 steps} or {@code random}
   * @param lesson what was learnt, in words: task, objective, crops
   * @param seconds of stepping
   * @param normals good parts that encoder and density learnt from
   * @param heldOut good parts that only the calibration saw
   * @param startedFrom file of weights, where training did not start from random ones
   * @param reasons why it is as it is: what was chosen among what, and by which evidence
   * @param parent digest of the bundle this one was fine-tuned from
   * @param software versions of what made it
   */
  public record Provenance(
      String encoder,
      String lesson,
      long steps,
      double seconds,
      long seed,
      int threads,
      int normals,
      int heldOut,
      Optional<String> startedFrom,
      List<String> reasons,
      Optional<String> parent,
      String software) {}

  Manifest withFiles(List<Entry> entries) {
    return new Manifest(format, createdAt, recipe, preprocessing, outputs, tiling, density, provenance, entries);
  }
}
