/**
 * Encoder weights from elsewhere, for those who have a licence for some: {@link io.kerf.training.weights.WeightsLibrary} fetches, verifies
 * and keeps them. Training starts from such a file only where it is told to; nothing is shipped and nothing is fetched unasked.
 */
package io.kerf.training.weights;
