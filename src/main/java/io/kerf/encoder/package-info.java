/**
 * From standardised image to features: {@link io.kerf.encoder.Encoder}, and the one implementation over DJL.
 *
 * <p>The seam for engines is DJL itself: this package names an engine and knows none. {@link io.kerf.encoder.ResNet18} is the network in
 * DJL's engine-neutral blocks, under torchvision's names.
 */
package io.kerf.encoder;
