package io.kerf.imaging;

/** How an image or region that is not square becomes square. */
public enum Fit {
  /** Each side is scaled on its own: everything is seen, shapes are stretched. */
  SQUASH,
  /** The long side fills the frame and the rest is padded with the region's mean colour: everything is seen in its shape, smaller. */
  LETTERBOX,
  /** The middle square is taken: shapes are kept, what lies beside the square is <em>not judged</em>. */
  CENTRE_CROP
}
