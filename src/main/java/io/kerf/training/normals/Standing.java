package io.kerf.training.normals;

/** On whose word a part is good. */
public enum Standing {
  /** What the station started with. Never displaced by what it collects. */
  ORIGINAL,
  /** A person said so. */
  CONFIRMED,
  /** The model found it well inside, and nobody has looked: in quarantine until it is reviewed. */
  PRESUMED,
  /** The review found it odd among the others: nothing is learnt from it until a person says that it is good. */
  DOUBTFUL;

  /** Whether a person vouches for it, now or when the station was set up. */
  public boolean trusted() {
    return this == ORIGINAL || this == CONFIRMED;
  }
}
