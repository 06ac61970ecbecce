/**
 * From good parts to a published bundle: {@link io.kerf.training.Learning}, or {@link io.kerf.training.AutoLearning} where other lessons
 * are to be tried first. The network is trained by a process of its own, {@link io.kerf.training.TrainingProcess}; what runs in there is
 * {@code io.kerf.training.worker}, which alone knows PyTorch. Compiling a model for this device is
 * another such process ({@code io.kerf.training.compiling}); both are {@link io.kerf.training.ChildJvm}s. {@code ModelFitting} then fits densities to what the trained encoder says
 * of good parts, and {@link io.kerf.training.FusionChoice} says which scores count, and why. {@code recipe}
 * moves whole recipes: models, normals and golden parts.
 */
package io.kerf.training;
