package io.kerf.encoder.tensorrt;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a plan: how it was made and what came of its comparison with ONNX Runtime. A plan that was refused is remembered without its bytes, so
 * that it is not compiled again at every start.
 *
 * @param bytes of the plan
 * @param sha256 of the plan
 * @param buildSeconds that compiling took
 * @param comparison what it was compared on and how it did, for people
 * @param refusal why it is not used, for people; empty where it may be
 */
public record PlanRecord(PlanKey key, long bytes, String sha256, Instant builtAt, double buildSeconds, String comparison, Optional<String> refusal) {}
