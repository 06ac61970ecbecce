package io.kerf.evaluation;

import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.evaluation.ReportMaterial.Embeddings;
import io.kerf.evaluation.ReportMaterial.GalleryCase;
import io.kerf.evaluation.TestRun.Heat;
import io.kerf.evaluation.TestRun.Judged;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.model.Generation;
import io.kerf.pretext.Alteration;
import io.kerf.pretext.PretextOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Gathers what the report shows beside its figures: embeddings for the map, and the most telling cases with their heat maps. */
final class MaterialMaker {
  private static final int MAPPED_NORMALS = 120;
  private static final int CASES_PER_SECTION = 6;

  private final Generation generation;
  private final long seed;

  MaterialMaker(Generation generation, long seed) {
    this.generation = generation;
    this.seed = seed;
  }

  ReportMaterial make(List<Path> normals, List<Judged> judged) throws IOException {
    return new ReportMaterial(embeddings(normals, judged), seed, gallery(judged));
  }

  private List<Embeddings> embeddings(List<Path> normals, List<Judged> judged) throws IOException {
    List<Path> chosen = new ArrayList<>(normals);
    Collections.shuffle(chosen, new Random(seed));
    List<float[]> untouched = new ArrayList<>();
    List<float[]> cutPaste = new ArrayList<>();
    List<float[]> scar = new ArrayList<>();
    Random random = new Random(seed);
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      Preprocessing preprocessing = lease.bundle().manifest().preprocessing();
      ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
      for (Path file : chosen.subList(0, Math.min(MAPPED_NORMALS, chosen.size()))) {
        Picture framed = preprocessing.frame(decoder.decode(Files.readAllBytes(file), preprocessing.neededShortSidePx()).picture());
        untouched.add(vector(lease, framed));
        cutPaste.add(vector(lease, altered(Alteration.CUTPASTE, framed, random)));
        scar.add(vector(lease, altered(Alteration.CUTPASTE_SCAR, framed, random)));
      }
    }
    return List.of(group("normal", untouched), group("CutPaste", cutPaste), group("Scar", scar),
        group("test good", testEmbeddings(judged, false)), group("test defective", testEmbeddings(judged, true)));
  }

  private static Picture altered(Alteration alteration, Picture framed, Random random) {
    int width = framed.width();
    int height = framed.height();
    return new Picture(width, height, alteration.alter(framed.planes(), width, height, PretextOptions.DEFAULTS, random).planes());
  }

  private static float[] vector(Generation.Lease lease, Picture framed) {
    return vector(lease.judge().encode(new Picture(framed.width(), framed.height(), framed.planes().clone())));
  }

  /** What stands for an image on the map: its embedding, or where the encoder gives none its statistics. */
  static float[] vector(Encoding encoding) {
    return encoding.vector(encoding.has(EncoderOutput.EMBEDDING) ? EncoderOutput.EMBEDDING : EncoderOutput.STATISTICS);
  }

  private static List<float[]> testEmbeddings(List<Judged> judged, boolean defective) {
    return judged.stream().filter(j -> j.result().image().defective() == defective).flatMap(j -> j.heat().stream()).map(Heat::embedding).toList();
  }

  private static Embeddings group(String name, List<float[]> rows) {
    return new Embeddings(name, rows.toArray(float[][]::new));
  }

  private static Map<GallerySection, List<GalleryCase>> gallery(List<Judged> judged) throws IOException {
    Map<GallerySection, List<GalleryCase>> gallery = new EnumMap<>(GallerySection.class);
    Map<CaseResult, Judged> byResult = new LinkedHashMap<>();
    judged.forEach(one -> byResult.put(one.result(), one));
    for (GallerySection section : GallerySection.values()) {
      List<GalleryCase> cases = new ArrayList<>();
      for (CaseResult chosen : section.choose(List.copyOf(byResult.keySet()), CASES_PER_SECTION)) {
        cases.add(galleryCase(byResult.get(chosen)));
      }
      gallery.put(section, cases);
    }
    return gallery;
  }

  private static GalleryCase galleryCase(Judged judged) throws IOException {
    LabelledImage image = judged.result().image();
    Thumbnail thumbnail = Thumbnail.of(image.image());
    Optional<Mask> mask = image.mask().map(Mask::read);
    return new GalleryCase(EvaluationResult.Case.of(judged.result()), thumbnail.jpeg(), thumbnail.widthPx(), thumbnail.heightPx(),
        judged.heat().map(Heat::overlay), mask);
  }
}
