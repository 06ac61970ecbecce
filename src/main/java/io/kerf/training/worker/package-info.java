/**
 * The training process: {@link io.kerf.training.worker.WorkerMain}. Started by {@link io.kerf.training.TrainingProcess}, which it answers
 * in JSON lines; it may be killed at any moment and goes on from its checkpoint.
 */
package io.kerf.training.worker;
