package io.kerf.device;

import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** Adds up what the machine takes: E = Σ (P₀ + P₁) / 2 · (t₁ − t₀) over neighbouring samples. Safe for several threads. */
public final class EnergyMeter {
  /** mW · ns in a watt-hour. */
  private static final double MILLIWATT_NANOS = 1e3 * 3600e9;

  private final LongSupplier nanos;
  private boolean told;
  private double milliwatts;
  private long at;
  private double sum;

  /** @param nanos a ticker that never jumps */
  public EnergyMeter(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** @param now what it takes now, in mW; where that is empty, the next sample is joined to the one before */
  public synchronized void sample(OptionalDouble now) {
    if (now.isEmpty()) {
      return;
    }
    long time = nanos.getAsLong();
    if (told) {
      sum += (milliwatts + now.getAsDouble()) / 2 * (time - at);
    }
    told = true;
    milliwatts = now.getAsDouble();
    at = time;
  }

  /** So far; empty where no sample told anything. */
  public synchronized OptionalDouble wattHours() {
    return told ? OptionalDouble.of(sum / MILLIWATT_NANOS) : OptionalDouble.empty();
  }
}
