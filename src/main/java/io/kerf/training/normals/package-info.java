/**
 * The good parts a recipe learns from: {@link io.kerf.training.normals.NormalPool} keeps their images, {@link
 * io.kerf.training.normals.CollectingPolicy} decides which of the parts that pass the line join them.
 */
package io.kerf.training.normals;
