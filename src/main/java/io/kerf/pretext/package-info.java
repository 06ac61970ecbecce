/**
 * The pretext tasks of CutPaste: naming images that were altered, with nothing but good parts at hand.
 *
 * <p>{@link io.kerf.pretext.PretextSampler#fill} makes one training batch and is the way in; {@link io.kerf.pretext.PretextTask}
 * says which versions of an image stand in a batch, {@link io.kerf.pretext.Alteration} alters a single image and says where;
 * {@code NaturalDefects} paints what the dense head learns to find. {@link io.kerf.pretext.UnseenDefect} is what no lesson teaches, to
 * try models by.
 *
 * <p>Follows Li, Sohn, Yoon and Pfister, "CutPaste: Self-Supervised Learning for Anomaly Detection and Localization", CVPR 2021
 * (arXiv 2104.04015). Everything is pasted at network resolution, never before a resize.
 *
 * <p>Limits: images of three planes and {@value io.kerf.pretext.PretextSampler#SMALLEST_PX} px a side or more; a grey image is
 * three equal planes, and stays so. Images are {@code float32} in 0…1 and not standardised: that is for who feeds the network.
 * Knows arrays only, no image classes.
 */
package io.kerf.pretext;
