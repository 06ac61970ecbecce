package io.kerf.config.document;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How models are kept up to date. What a recipe leaves out is as the station's section says, what that leaves out as {@code kerf.learn} does.
 *
 * @param schedule minute, hour, day of month, month, day of week; {@code off} for never
 * @param window part of the day in which an encoder may learn, such as {@code 22:00-05:30}
 * @param fineTuneAfter new normals after which the encoder learns on whatever the time; 0 for never
 * @param refitAfter new normals after which densities and calibration are fitted anew; 0 for never
 * @param budget how long an encoder learns
 * @param attemptsPerDay within 24 hours
 * @param timePerDay within 24 hours
 * @param energyPerDay watt-hours within 24 hours; 0 for no limit
 * @param busyPartsPerMinute from which on the line is too busy to learn beside it; 0 where it never is
 * @param hottestCelsius above which no learning begins
 * @param leastFree bytes on the disk below which no learning begins
 * @param shadowParts that a candidate judges beside the model in use
 */
public record LearningSection(Optional<Boolean> enabled, Optional<String> schedule, Optional<String> window, OptionalInt fineTuneAfter, OptionalInt refitAfter,
    Optional<Duration> budget, OptionalInt attemptsPerDay, Optional<Duration> timePerDay, OptionalDouble energyPerDay, OptionalInt busyPartsPerMinute,
    OptionalDouble hottestCelsius, OptionalLong leastFree, OptionalInt shadowParts) {
  public static final LearningSection DEFAULT = new LearningSection(null, null, null, null, null, null, null, null, null, null, null, null, null);

  public LearningSection {
    enabled = enabled == null ? Optional.empty() : enabled;
    schedule = schedule == null ? Optional.empty() : schedule;
    window = window == null ? Optional.empty() : window;
    fineTuneAfter = fineTuneAfter == null ? OptionalInt.empty() : fineTuneAfter;
    refitAfter = refitAfter == null ? OptionalInt.empty() : refitAfter;
    budget = budget == null ? Optional.empty() : budget;
    attemptsPerDay = attemptsPerDay == null ? OptionalInt.empty() : attemptsPerDay;
    timePerDay = timePerDay == null ? Optional.empty() : timePerDay;
    energyPerDay = energyPerDay == null ? OptionalDouble.empty() : energyPerDay;
    busyPartsPerMinute = busyPartsPerMinute == null ? OptionalInt.empty() : busyPartsPerMinute;
    hottestCelsius = hottestCelsius == null ? OptionalDouble.empty() : hottestCelsius;
    leastFree = leastFree == null ? OptionalLong.empty() : leastFree;
    shadowParts = shadowParts == null ? OptionalInt.empty() : shadowParts;
  }
}
