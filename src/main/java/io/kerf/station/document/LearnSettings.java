package io.kerf.station.document;

import static io.kerf.station.document.StationSettings.first;

import io.kerf.config.KerfConfig;
import io.kerf.config.document.LearningSection;
import io.kerf.config.document.RecipeSection.ModelSection;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;

/** How the models of one recipe are kept up to date. */
record LearnSettings(KerfConfig.Learn machine, LearningSection station, LearningSection own, ModelSection model) implements KerfConfig.Learn {
  @Override
  public boolean enabled() {
    return own.enabled().or(station::enabled).orElse(machine.enabled());
  }

  @Override
  public String cron() {
    return own.schedule().or(station::schedule).orElse(machine.cron());
  }

  @Override
  public int fineTuneAfter() {
    return first(own.fineTuneAfter(), station.fineTuneAfter(), machine.fineTuneAfter());
  }

  @Override
  public int refitAfter() {
    return first(own.refitAfter(), station.refitAfter(), machine.refitAfter());
  }

  @Override
  public String window() {
    return own.window().or(station::window).orElse(machine.window());
  }

  @Override
  public Duration budget() {
    return own.budget().or(station::budget).orElse(machine.budget());
  }

  @Override
  public int attemptsPerDay() {
    return first(own.attemptsPerDay(), station.attemptsPerDay(), machine.attemptsPerDay());
  }

  @Override
  public Duration timePerDay() {
    return own.timePerDay().or(station::timePerDay).orElse(machine.timePerDay());
  }

  @Override
  public double wattHoursPerDay() {
    return first(own.energyPerDay(), station.energyPerDay(), machine.wattHoursPerDay());
  }

  @Override
  public int busyPartsPerMinute() {
    return first(own.busyPartsPerMinute(), station.busyPartsPerMinute(), machine.busyPartsPerMinute());
  }

  @Override
  public double hottestCelsius() {
    return first(own.hottestCelsius(), station.hottestCelsius(), machine.hottestCelsius());
  }

  @Override
  public MemorySize leastFree() {
    return new MemorySize(BigInteger.valueOf(first(own.leastFree(), station.leastFree(), machine.leastFree().asLongValue())));
  }

  @Override
  public int threads() {
    return machine.threads();
  }

  @Override
  public MemorySize memory() {
    return machine.memory();
  }

  @Override
  public int shadowParts() {
    return first(own.shadowParts(), station.shadowParts(), machine.shadowParts());
  }

  /** A pinned model is not replaced by the station. */
  @Override
  public Promotion promotion() {
    if (model.pinned().isPresent()) {
      return Promotion.BY_HAND;
    }
    return model.promotion().map(said -> switch (said) {
      case AUTOMATIC -> Promotion.AUTOMATIC;
      case BY_HAND -> Promotion.BY_HAND;
    }).orElse(machine.promotion());
  }
}
