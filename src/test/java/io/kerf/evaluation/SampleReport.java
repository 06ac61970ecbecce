package io.kerf.evaluation;

import io.kerf.density.Calibration;
import io.kerf.density.Fusion;
import io.kerf.density.ScoreKind;
import io.kerf.density.SurpriseScale;
import io.kerf.density.TailPolicy;
import io.kerf.evaluation.EvaluationResult.CurvePoint;
import io.kerf.evaluation.ReportMaterial.Embeddings;
import io.kerf.evaluation.ReportMaterial.GalleryCase;
import io.kerf.imaging.ImageQuality;
import io.kerf.imaging.QualityLimits;
import io.kerf.model.HeatRule;
import io.kerf.model.HeatSource;
import io.kerf.model.ScoringRules;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A report of a made-up evaluation that has everything a real one has; the same every time. */
final class SampleReport {
  static final double THRESHOLD = 31.4;
  static final String REASON = "Scores by thumbnail + dense-top: the prior.";
  private static final int SIDE = 160;

  private final Random random = new Random(11);
  private final Scorecard scorecard = new Scorecard(0.05, THRESHOLD, 41);

  SampleReport() {
    score(LabelledImage.GOOD, 20, 24, 5);
    score("broken_large", 20, 74, 22);
    score("broken <small> & \"odd\"", 22, 49, 11);
    score("contamination", 21, 39, 7);
    scorecard.add(new CaseResult(image("contamination", 99), new CaseResult.Unjudged("too-dark"), 4.1));
    for (int i = 0; i < 8; i++) {
      float[] heat = heat(20 + 12 * i, 60);
      scorecard.addHeatMap(image("broken_large", i), heat, mask(24 + 12 * i, 62));
      scorecard.addHeatMap(image("contamination", i), heat, mask(30 + 12 * i, 70));
      scorecard.addGoodHeatMap(heat(-200, -200));
    }
  }

  private void score(String defectClass, int count, double mean, double spread) {
    for (int i = 0; i < count; i++) {
      double score = mean + spread * random.nextGaussian();
      double p = Math.max(1 / 42.0, 1 / (1 + Math.exp((score - 24) / 2.2)));
      LabelledImage image = image(defectClass, i);
      Map<ScoreKind, Double> single = Map.of(ScoreKind.THUMBNAIL, 0.6 * score + 6 * random.nextGaussian(), ScoreKind.DENSE_TOP,
          0.4 * score + 4 * random.nextGaussian(), ScoreKind.LOCAL, 0.5 * score + 9 * random.nextGaussian());
      scorecard.add(new CaseResult(image, new CaseResult.Judged(score, p, score > THRESHOLD, single), 21 + random.nextDouble()));
      scorecard.addFloor(new CaseResult(image, new CaseResult.Judged(mean * 0.4 + 12 * random.nextGaussian(), 0.5, false,
          Map.of(ScoreKind.THUMBNAIL, single.get(ScoreKind.THUMBNAIL))), 21));
    }
  }

  private static LabelledImage image(String defectClass, int number) {
    return new LabelledImage(Path.of(String.format("test/%s/%03d.png", defectClass, number)), defectClass,
        !defectClass.equals(LabelledImage.GOOD), Optional.empty(), Optional.empty());
  }

  EvaluationResult result() {
    List<CurvePoint> curve = new ArrayList<>();
    for (int step = 0; step <= 240; step += 2) {
      double progress = 1 - Math.exp(-step / 60.0);
      curve.add(new CurvePoint(step, step * 1.24, 1.12 - 0.98 * progress + 0.07 * random.nextGaussian() * (1.2 - progress),
          Math.min(1, 0.34 + 0.62 * progress + 0.03 * random.nextGaussian())));
    }
    Map<String, Double> stages = new LinkedHashMap<>();
    stages.put("read the data set", 0.08);
    stages.put("train", 300.2);
    stages.put("export and check", 4.6);
    stages.put("fit and calibrate", 7.9);
    stages.put("judge the test parts", 6.1);
    stages.put("random floor", 9.7);
    Map<String, String> software = new LinkedHashMap<>();
    software.put("Kerf", "0.1.0");
    software.put("ONNX Runtime", "1.29.0");
    software.put("PyTorch", "2.7.1");
    List<EvaluationResult.Case> cases = scorecard.cases().stream().map(EvaluationResult.Case::of).toList();
    return new EvaluationResult("bottle", Instant.parse("2026-03-04T05:06:07Z"),
        "9f2c41d8b7a05e6623c19d4f80ab71e2c3d4e5f60718293a4b5c6d7e8f901234",
        new EvaluationResult.Settings(128, "5m", 1, "natural, located, on crops of 96 px", "thumbnail + dense-top", 0.05, 0.05, OptionalInt.of(60),
            "5d0c7f0e-6f0a-3c43-9d61-6a3c1f1c2b11", "empirical"),
        scorecard.overall(), scorecard.floor(), scorecard.scores(rules()), Promise.of(scorecard.cases(), rules()), scorecard.groups(), List.of(REASON), Hindsight.of(cases, fusion(), heldOut()), Optional.of(light()),
        scorecard.classes(), new EvaluationResult.Training(240, 300.2, curve), stages,
        new EvaluationResult.Timings(2.31, 18.4, 0.21, 0.94),
        new EvaluationResult.Host(2, "x86-64 processor", "Linux 6.1 amd64", "OpenJDK 17.0.15", software),
        cases);
  }

  /** Scores of 41 held-out parts, evenly spaced: as odd as the good test parts. */
  private static Map<ScoreKind, double[]> heldOut() {
    return Map.of(ScoreKind.THUMBNAIL, IntStream.range(0, 41).mapToDouble(i -> 5 + 0.5 * i).toArray(), ScoreKind.DENSE_TOP,
        IntStream.range(0, 41).mapToDouble(i -> 2 + 0.4 * i).toArray(), ScoreKind.LOCAL, IntStream.range(0, 41).mapToDouble(i -> 0.6 * i).toArray());
  }

  private static Fusion fusion() {
    return new Fusion(Stream.of(ScoreKind.THUMBNAIL, ScoreKind.DENSE_TOP).map(kind -> Fusion.Term.of(1, List.of(kind), heldOut())).toList());
  }

  private static ScoringRules rules() {
    Map<ScoreKind, Calibration> each = new EnumMap<>(ScoreKind.class);
    heldOut().forEach((kind, scores) -> each.put(kind, Calibration.of(scores, 0.05, TailPolicy.REFUSE)));
    return new ScoringRules(each.get(ScoreKind.THUMBNAIL), fusion(), each, new HeatRule(Map.of(HeatSource.DENSE, SurpriseScale.of(new float[] {0, 1, 2, 3})), 1),
        QualityLimits.UNLEARNT, new ImageQuality(0.5, 0.2, 0.01));
  }

  private Light light() {
    return new Light(LightRow.of("undisturbed", lit(0), 0.05),
        List.of(LightRow.of("brightness +10 %", lit(1), 0.05), LightRow.of("rotation 1°", lit(9), 0.05)));
  }

  /** The judged parts, and ten good ones of the training set, each some points odder than before. */
  private List<LightRow.Pair> lit(double odder) {
    List<LightRow.Pair> pairs = new ArrayList<>();
    for (CaseResult part : scorecard.cases()) {
      if (part.outcome() instanceof CaseResult.Judged) {
        boolean defective = part.image().defective();
        pairs.add(new LightRow.Pair(defective ? LightRow.Source.DEFECTIVE : LightRow.Source.TEST_GOOD, odder(part, defective ? 0 : -4),
            odder(part, defective ? 0 : odder - 4)));
      }
    }
    for (int i = 0; i < 10; i++) {
      CaseResult part = new CaseResult(image(LabelledImage.GOOD, 100 + i), new CaseResult.Judged(17 + i, 0.5, false, Map.of()), 1);
      pairs.add(new LightRow.Pair(LightRow.Source.HELD_OUT, part, odder(part, odder)));
    }
    return pairs;
  }

  private static CaseResult odder(CaseResult part, double by) {
    double score = part.score().orElseThrow() + by;
    return new CaseResult(part.image(), new CaseResult.Judged(score, 0.5, score > THRESHOLD, Map.of()), 1);
  }

  ReportMaterial material() {
    List<Embeddings> embeddings = List.of(cloud("normal", 80, 0, 0), cloud("CutPaste", 40, 3.2, 1), cloud("Scar", 40, 3.4, 2),
        cloud("test good", 20, 0.2, 0), cloud("test defective", 40, 1.9, 3));
    Map<GallerySection, List<GalleryCase>> gallery = new EnumMap<>(GallerySection.class);
    for (GallerySection section : GallerySection.values()) {
      gallery.put(section, section.choose(scorecard.cases(), 6).stream().map(this::galleryCase).toList());
    }
    return new ReportMaterial(embeddings, 1, gallery);
  }

  private Embeddings cloud(String group, int count, double distance, int direction) {
    float[][] rows = new float[count][64];
    for (float[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) (random.nextGaussian() * (c < 4 ? 1 : 0.3) + (c % 4 == direction ? distance : 0));
      }
    }
    return new Embeddings(group, rows);
  }

  private GalleryCase galleryCase(CaseResult part) {
    int x = 40 + random.nextInt(80);
    int y = 40 + random.nextInt(80);
    boolean defective = part.image().defective();
    return new GalleryCase(EvaluationResult.Case.of(part), picture(x, y, defective), SIDE, SIDE, Optional.of(overlay(x, y)),
        defective ? Optional.of(mask(x, y)) : Optional.empty());
  }

  private static byte[] picture(int x, int y, boolean defective) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setPaint(new GradientPaint(0, 0, new Color(225, 226, 224), SIDE, SIDE, new Color(190, 192, 194)));
    g.fillRect(0, 0, SIDE, SIDE);
    for (int r = 70; r > 20; r--) {
      int shade = 30 + (r * 7) % 60;
      g.setColor(new Color(shade, shade / 2 + 10, 12));
      g.fillOval(SIDE / 2 - r, SIDE / 2 - r, 2 * r, 2 * r);
    }
    if (defective) {
      g.setColor(new Color(210, 214, 205));
      g.fillOval(x - 8, y - 8, 16, 16);
    }
    g.dispose();
    return encoded(image, "jpg");
  }

  private static byte[] overlay(int x, int y) {
    BufferedImage image = new BufferedImage(SIDE / 4, SIDE / 4, BufferedImage.TYPE_INT_ARGB);
    float[] heat = heat(x, y);
    for (int p = 0; p < SIDE * SIDE / 16; p++) {
      float h = Math.max(0, Math.min(1, heat[p / (SIDE / 4) * 4 * SIDE + p % (SIDE / 4) * 4] - 0.4f));
      image.setRGB(p % (SIDE / 4), p / (SIDE / 4), (int) (200 * h) << 24 | 255 << 16 | (int) (220 * (1 - h)) << 8);
    }
    return encoded(image, "png");
  }

  private static byte[] encoded(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, format, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] heat(int x, int y) {
    float[] heat = new float[SIDE * SIDE];
    for (int p = 0; p < heat.length; p++) {
      double dx = p % SIDE - x;
      double dy = p / SIDE - y;
      heat[p] = (float) Math.exp(-(dx * dx + dy * dy) / 500) + 0.03f * ((p * 31) % 17);
    }
    return heat;
  }

  private static Mask mask(int x, int y) {
    boolean[] defect = new boolean[SIDE * SIDE];
    for (int p = 0; p < defect.length; p++) {
      int dx = p % SIDE - x;
      int dy = p / SIDE - y;
      defect[p] = dx * dx + dy * dy <= 81;
    }
    return new Mask(SIDE, SIDE, defect);
  }
}
