package io.kerf.inspection.store;

import io.kerf.model.Truth;
import java.time.Instant;
import java.util.Optional;

/**
 * What a person said of a part that was judged.
 *
 * @param standingBefore its standing among the normals before, to return to where the word is taken back; empty where it was none
 */
public record Review(String inspection, String recipe, Truth truth, String by, Instant at, Optional<String> standingBefore) {}
