package io.kerf.inspection.store;

/** What became of the images of a part. */
public enum EvidenceState {
  KEPT("The images are there."),
  RELEASED("The images were let go by policy (kerf.evidence.ok-share, .ng, .unjudged)."),
  SWEPT("The images have been swept to make room (kerf.evidence.max-bytes, .max-age, .least-free)."),
  LOST("The images could not be kept when the part was judged.");

  private final String sentence;

  EvidenceState(String sentence) {
    this.sentence = sentence;
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }
}
