package io.kerf.training.normals;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a normal came from.
 *
 * @param inspection whose image it is; empty where it was not inspected
 * @param lot of the part: what belongs together is never split between fitting and calibration
 * @param pValue by the model that judged it
 * @param by who or what added it
 */
public record Origin(Optional<String> inspection, Optional<String> lot, OptionalDouble pValue, Instant addedAt, String by) {}
