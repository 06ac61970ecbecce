package io.kerf.station.demo;

import java.util.SplittableRandom;

/** Something that goes wrong with a part. */
@FunctionalInterface
interface Defect {
  /** Spoils the part. Place, size and strength are random, from plain to see to hard to find. */
  void spoil(Workpiece part, SplittableRandom random);
}
