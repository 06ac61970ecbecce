package io.kerf.training.compiling;

import io.kerf.encoder.tensorrt.PlanRecord;
import java.nio.file.Path;

/**
 * What the compiling process left; {@value #FILE} in its folder.
 *
 * @param known of the plan, what came of the comparison included
 * @param staged folder with the plan, to be kept as it is
 */
public record CompileResult(PlanRecord known, Path staged) {
  static final String FILE = "result.json";
}
