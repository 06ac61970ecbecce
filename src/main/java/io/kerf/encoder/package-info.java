/**
 * From standardised image to features: {@link io.kerf.encoder.Encoder} gives what {@link io.kerf.encoder.EncoderOutput} lists, through DJL
 * ({@link io.kerf.encoder.DjlEncoder}), tile by tile where an image is too large for one forward ({@link io.kerf.encoder.TiledEncoder}).
 *
 * <p>The seam for engines is DJL itself: this package names an engine and knows none; one of them is ours ({@code io.kerf.encoder.tensorrt}). {@link io.kerf.encoder.EncoderNet} is the network in
 * DJL's engine-neutral blocks: a {@link io.kerf.encoder.ResNet18} under torchvision's names with what is read off its stages.
 */
package io.kerf.encoder;
