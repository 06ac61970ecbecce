package io.kerf.inspection;

/** What the station says of a part. There is no verdict for lack of an answer: that is {@link #UNJUDGED}, never {@link #OK}. */
public enum Verdict {
  /** As good as the parts it learnt from, within the false-reject budget. */
  OK,
  /** Odder than the false-reject budget allows a good part to be. */
  NG,
  /** The image cannot be judged: too dark, blurred, no model. {@link Inspection#reason()} says why. */
  UNJUDGED
}
