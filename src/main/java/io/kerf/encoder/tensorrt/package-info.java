/**
 * The encoder as a TensorRT plan: a DJL engine of our own named {@link io.kerf.encoder.tensorrt.TensorRtEngine#NAME}, over the JavaCPP presets, which
 * no other package knows.
 *
 * <p>Begin with {@link io.kerf.encoder.tensorrt.TensorRt#availability()}: whether this machine can run plans at all, else why not in one sentence. A plan
 * is built from {@code encoder.onnx} by {@link io.kerf.encoder.tensorrt.PlanBuilder}, always in a process of its own, kept by
 * {@link io.kerf.encoder.tensorrt.PlanStore} under its {@link io.kerf.encoder.tensorrt.PlanKey}, and run by a
 * {@link io.kerf.encoder.tensorrt.PlanSession}. The session is the seam: all that lies above it is tested with one that needs no GPU.
 *
 * <p>What lies below the seam ({@code TensorRtSession}, {@code ExecutionContext}, {@code PlanBuilder}) compiles against the presets of TensorRT 10.6 and
 * 10.15 and <strong>has not been run on a GPU</strong>. What was run without one: the bindings load with TensorRT's own libraries
 * (x86-64; arm64 under emulation), and the absence of these, or of a GPU, is declined with a reason.
 */
package io.kerf.encoder.tensorrt;
