package io.kerf.imaging;

/** How an image or region comes into a frame of other proportions. */
public enum Fit {
  /** Each side is scaled on its own: everything is seen, shapes are stretched. */
  SQUASH,
  /** One pair of sides fills the frame and the rest is padded with the region's mean colour: everything is seen in its shape, smaller. */
  LETTERBOX,
  /** The middle is taken: shapes are kept, what lies beside it is <em>not judged</em>. */
  CENTRE_CROP
}
