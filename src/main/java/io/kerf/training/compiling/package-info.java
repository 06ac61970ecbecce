/**
 * From a bundle to a plan for this device, in a process of its own: {@link io.kerf.training.compiling.Compilation} starts it, what runs in there is
 * {@link io.kerf.training.compiling.CompileMain}. A plan is compared with ONNX Runtime on the station's own images before it may be used
 * ({@link io.kerf.training.compiling.PlanComparison}).
 */
package io.kerf.training.compiling;
