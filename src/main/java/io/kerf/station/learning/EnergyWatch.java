package io.kerf.station.learning;

import io.kerf.device.Device;
import io.kerf.device.EnergyMeter;
import io.kerf.fault.FaultException;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Measures what the device takes while an attempt runs, once a second, and keeps it with the attempt once a minute: a station that is killed has forgotten no
 * more than that of what its day's budget has paid for.
 */
final class EnergyWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EnergyWatch.class);
  private static final int SAMPLE_SECONDS = 1;
  private static final int KEEP_SECONDS = 60;

  private final Job job;
  private final JobStore jobs;
  private final Device device;
  private final EnergyMeter meter;
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(EnergyWatch::thread);

  /** Begins at once. @param job with what its earlier starts took */
  EnergyWatch(Job job, JobStore jobs, Device device, LongSupplier nanos) {
    this.job = job;
    this.jobs = jobs;
    this.device = device;
    this.meter = new EnergyMeter(nanos);
    executor.scheduleWithFixedDelay(this::sample, 0, SAMPLE_SECONDS, TimeUnit.SECONDS);
    executor.scheduleWithFixedDelay(this::keep, KEEP_SECONDS, KEEP_SECONDS, TimeUnit.SECONDS);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "energy-watch");
    thread.setDaemon(true);
    return thread;
  }

  private void sample() {
    meter.sample(device.reading().totalMilliwatts());
  }

  private void keep() {
    OptionalDouble taken = taken();
    if (taken.isPresent()) {
      try {
        jobs.keepEnergy(job.id(), taken.getAsDouble());
      } catch (FaultException e) {
        LOG.warnf("What an attempt at learning has taken so far could not be kept; it is tried again in a minute: %s", e.detail());
      }
    }
  }

  private OptionalDouble taken() {
    OptionalDouble now = meter.wattHours();
    return now.isEmpty() ? job.wattHours() : OptionalDouble.of(job.wattHours().orElse(0) + now.getAsDouble());
  }

  /** Up to this moment, with what earlier starts took; empty where the device does not tell. */
  OptionalDouble wattHours() {
    sample();
    return taken();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
