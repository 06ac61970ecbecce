package io.kerf.training.normals;

/** On whose word a part is good. */
public enum Standing {
  /** What the station started with. Never displaced by what it collects. */
  ORIGINAL,
  /** A person said so. */
  CONFIRMED,
  /** The model found it well inside, and nobody has looked: in quarantine until it is reviewed. */
  PRESUMED
}
