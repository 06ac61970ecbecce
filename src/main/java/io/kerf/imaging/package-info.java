/**
 * From encoded bytes to what the encoder sees, and from its map back to the image.
 *
 * <p>{@link io.kerf.imaging.ImageDecoder} decodes; {@link io.kerf.imaging.Preprocessing} frames, standardises and maps back, and is kept in
 * every bundle; {@link io.kerf.imaging.QualityLimits} says whether an image can be judged at all; {@link io.kerf.imaging.HeatMapImage} paints
 * the map; {@link io.kerf.imaging.Disturbance} is what happens to pictures over time. Everything is a pure function of its input and may be
 * called from any thread. No colour management, one image per file, at most {@link io.kerf.imaging.ImageLimits}. {@code docs/images.md}
 * lists what is converted and what is refused.
 */
package io.kerf.imaging;
