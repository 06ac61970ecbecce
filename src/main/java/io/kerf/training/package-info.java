/**
 * From good parts to a published bundle: {@link io.kerf.training.Learning}. The network is trained by a process of its own,
 * {@link io.kerf.training.TrainingProcess}; what runs in there is {@code io.kerf.training.worker}, which alone knows PyTorch.
 */
package io.kerf.training;
