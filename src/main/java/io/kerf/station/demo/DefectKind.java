package io.kerf.station.demo;

import java.util.SplittableRandom;

/** The defects of the demo line, all equally frequent. */
enum DefectKind {
  SCRATCH("scratch", new Scratch()),
  DENT("dent", new Dent()),
  STAIN("stain", new Stain()),
  MISSING_HOLE("missing-hole", new MissingHole()),
  CHIPPED_RIM("chipped-rim", new ChippedRim()),
  FIBRE("fibre", new Fibre()),
  SWARF("swarf", new Swarf());

  private final String label;
  private final Defect defect;

  DefectKind(String label, Defect defect) {
    this.label = label;
    this.defect = defect;
  }

  static DefectKind draw(SplittableRandom random) {
    return values()[random.nextInt(values().length)];
  }

  String label() {
    return label;
  }

  void spoil(Workpiece part, SplittableRandom random) {
    defect.spoil(part, random);
  }
}
