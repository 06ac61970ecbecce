package io.kerf.training.compiling;

import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.TiledEncoder;
import io.kerf.encoder.tensorrt.PlanShape;
import io.kerf.encoder.tensorrt.StoredPlan;
import io.kerf.model.EncoderSource;
import io.kerf.model.Manifest;

/** Encoders that run as a plan, and the images that such a plan is for. */
public final class PlanEncoders {
  /** The smallest image that an encoder takes, and so the smallest that is left over at the end of a row of tiles. */
  private static final int LEAST_PX = 32;

  private PlanEncoders() {}

  /** Opens the encoder of the bundle that a plan was compiled from. */
  public static EncoderSource of(StoredPlan plan) {
    return bundle -> {
      Manifest.Tiling tiling = bundle.manifest().tiling();
      return new TiledEncoder(DjlEncoder.loadPlan(bundle.folder(), bundle.manifest().encoderOutputs(), plan.folder()), tiling.tilePx(), tiling.overlapPx());
    };
  }

  /** An image that fits into a tile comes whole and always in one size; larger ones come as tiles, of which the last may be smaller. */
  public static PlanShape shape(Manifest manifest) {
    int width = manifest.preprocessing().widthPx();
    int height = manifest.preprocessing().heightPx();
    int tile = manifest.tiling().tilePx();
    if (width <= tile && height <= tile) {
      return new PlanShape(width, height, width, height);
    }
    return new PlanShape(Math.min(LEAST_PX, width), Math.min(LEAST_PX, height), Math.min(width, tile), Math.min(height, tile));
  }
}
