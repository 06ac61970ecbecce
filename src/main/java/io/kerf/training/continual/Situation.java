package io.kerf.training.continual;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a recipe's station knows at the moment it decides whether to learn.
 *
 * @param now by the wall clock, which may have jumped
 * @param hasModel whether there is a model to begin with
 * @param newForTuning normals that came since the last fine-tuning began
 * @param newForFitting normals that came since anything was last fitted
 * @param lastTuned when the last fine-tuning began; when the station first saw the recipe, where there was none
 * @param attempts fine-tunings begun within the last 24 hours
 * @param trained what they took together
 * @param wattHours that the device took while they ran; empty where it does not tell
 * @param running whether something is learnt now, for whatever recipe
 * @param candidate whether a candidate of this recipe is on trial; one that waits for a person may be replaced
 * @param celsius the hottest of the device; empty where it tells none
 * @param asked what a person asked for, not yet begun
 */
public record Situation(Instant now, ZoneId zone, boolean paused, boolean hasModel, int newForTuning, int newForFitting, Instant lastTuned, int attempts,
    Duration trained, OptionalDouble wattHours, boolean running, boolean candidate, double partsPerMinute, OptionalDouble celsius, long freeBytes,
    Optional<Speed> asked) {}
