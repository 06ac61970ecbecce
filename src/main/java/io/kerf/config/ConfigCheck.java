package io.kerf.config;

import io.quarkus.runtime.configuration.MemorySize;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says everything that is wrong with the values of the settings, all at once, each with its key. */
public final class ConfigCheck {
  private static final long MAX_IMAGE_BYTES = 1L << 30;
  private static final int LEAST_CLAIM_CODE = 8;
  /** No chip that Kerf runs on lives there. */
  private static final int HOTTEST_CELSIUS = 125;

  private static final Duration SHORTEST_LOOK = Duration.ofMinutes(1);

  private final List<String> problems = new ArrayList<>();

  private ConfigCheck() {}

  /** One sentence for each problem; empty where there is none. */
  public static List<String> problems(KerfConfig config) {
    ConfigCheck check = new ConfigCheck();
    check.between("kerf.port", config.port(), 0, 65_535);
    check.claimCode("kerf.people.claim-code", config.people().claimCode());
    check.positive("kerf.people.session-idle", config.people().sessionIdle());
    check.positive("kerf.people.session-lifetime", config.people().sessionLifetime());
    check.between("kerf.tls.port", config.tls().port(), 0, 65_535);
    check.together("kerf.tls.certificate", config.tls().certificate(), "kerf.tls.key", config.tls().key());
    check.between("kerf.image.max-bytes", bytes(config.image().maxBytes()), 1, MAX_IMAGE_BYTES);
    check.between("kerf.image.max-pixels", config.image().maxPixels(), 1, Integer.MAX_VALUE);
    check.between("kerf.inspections.concurrent", config.inspections().concurrent(), 0, 1024);
    check.between("kerf.inspections.waiting", config.inspections().waiting(), 0, 10_000);
    check.positive("kerf.inspections.patience", config.inspections().patience());
    check.positive("kerf.inspections.upload-time", config.inspections().uploadTime());
    check.between("kerf.inspections.memory", bytes(config.inspections().memory()), bytes(config.image().maxBytes()), Long.MAX_VALUE);
    check.between("kerf.evidence.max-bytes", bytes(config.evidence().maxBytes()), 0, Long.MAX_VALUE);
    check.positive("kerf.evidence.max-age", config.evidence().maxAge());
    check.part("kerf.evidence.ok-share", config.evidence().okShare());
    check.positive("kerf.evidence.recent", config.evidence().recent());
    check.between("kerf.evidence.least-free", bytes(config.evidence().leastFree()), 0, 1L << 50);
    check.between("kerf.records.max-count", config.records().maxCount(), 1, Long.MAX_VALUE);
    check.between("kerf.export.max-parts", config.export().maxParts(), 1, 100_000);
    check.between("kerf.events.max-clients", config.events().maxClients(), 1, 10_000);
    check.between("kerf.events.buffer", config.events().buffer(), 1, 100_000);
    check.between("kerf.engine.threads", config.engine().threads(), 1, 256);
    check.between("kerf.engine.loaded", config.engine().loaded(), 1, 100);
    check.positive("kerf.engine.drain", config.engine().drain());
    check.share("kerf.collect.least-p-value", config.collect().leastPValue());
    check.atLeastZero("kerf.collect.least-distance", config.collect().leastDistance());
    check.between("kerf.collect.max-count", config.collect().maxCount(), 0, 10_000);
    check.between("kerf.collect.max-bytes", bytes(config.collect().maxBytes()), 0, Long.MAX_VALUE);
    check.between("kerf.swap.watched-parts", config.swap().watchedParts(), 0, 10_000);
    check.timeTable("kerf.learn.cron", config.learn().cron());
    check.window("kerf.learn.window", config.learn().window());
    check.between("kerf.learn.fine-tune-after", config.learn().fineTuneAfter(), 0, 1_000_000);
    check.between("kerf.learn.refit-after", config.learn().refitAfter(), 0, 1_000_000);
    check.positive("kerf.learn.budget", config.learn().budget());
    check.between("kerf.learn.attempts-per-day", config.learn().attemptsPerDay(), 0, 1000);
    check.positive("kerf.learn.time-per-day", config.learn().timePerDay());
    check.atLeastZero("kerf.learn.energy-per-day", config.learn().wattHoursPerDay());
    check.between("kerf.learn.busy-parts-per-minute", config.learn().busyPartsPerMinute(), 0, 1_000_000);
    check.celsius("kerf.learn.hottest-celsius", config.learn().hottestCelsius());
    check.between("kerf.learn.least-free", bytes(config.learn().leastFree()), 0, Long.MAX_VALUE);
    check.between("kerf.learn.threads", config.learn().threads(), 0, 256);
    check.between("kerf.learn.memory", bytes(config.learn().memory()), 1L << 28, Long.MAX_VALUE);
    check.between("kerf.learn.shadow-parts", config.learn().shadowParts(), 0, 1_000_000);
    check.between("kerf.rescoring.max-changes", config.rescoring().maxChanges(), 1, 100_000);
    check.between("kerf.demo.parts", config.demo().parts(), 8, 10_000);
    check.positive("kerf.demo.collect-every", config.demo().collectEvery());
    check.positive("kerf.demo.training-budget", config.demo().trainingBudget());
    check.between("kerf.demo.size-px", config.demo().sizePx(), 32, 1024);
    check.share("kerf.demo.false-reject-budget", config.demo().falseRejectBudget());
    check.positive("kerf.demo.judge-every", config.demo().judgeEvery());
    check.share("kerf.demo.defect-share", config.demo().defectShare());
    check.fleet(config.fleet());
    return List.copyOf(check.problems);
  }

  private void fleet(KerfConfig.Fleet fleet) {
    name("kerf.fleet.id", fleet.id());
    fleet.groups().orElse(List.of()).forEach(group -> name("kerf.fleet.groups", group));
    scheme("kerf.fleet.broker", fleet.broker(), "mqtts", "mqtt");
    scheme("kerf.fleet.url", fleet.url(), "https", "http");
    if (fleet.interval().compareTo(SHORTEST_LOOK) < 0) {
      problems.add("kerf.fleet.interval is " + fleet.interval() + " but must be at least " + SHORTEST_LOOK);
    }
    if (fleet.tls().certificate().isPresent() != fleet.tls().key().isPresent()) {
      problems.add("kerf.fleet.tls.certificate and kerf.fleet.tls.key must be set both or not at all");
    }
  }

  private void name(String key, String value) {
    if (!value.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      problems.add(key + " is \"" + value + "\" but must be 1 to 63 lower-case letters, digits and hyphens");
    }
  }

  private void scheme(String key, Optional<URI> value, String... schemes) {
    if (value.filter(uri -> uri.getHost() == null || !List.of(schemes).contains(uri.getScheme())).isPresent()) {
      problems.add(key + " is \"" + value.get() + "\" but must be " + String.join(":// or ", schemes) + ":// and a host");
    }
  }

  private static long bytes(MemorySize size) {
    return size.asLongValue();
  }

  private void share(String key, double value) {
    if (!(value > 0 && value < 1)) {
      problems.add(key + " is " + value + " but must be between 0 and 1");
    }
  }

  /** Never says what it is. */
  private void claimCode(String key, Optional<String> value) {
    if (value.filter(code -> code.replaceAll("[\\s-]", "").length() < LEAST_CLAIM_CODE).isPresent()) {
      problems.add(key + " is too short: use at least " + LEAST_CLAIM_CODE + " letters and digits");
    }
  }

  private void together(String key, Optional<?> value, String otherKey, Optional<?> other) {
    if (value.isPresent() != other.isPresent()) {
      problems.add((value.isPresent() ? key : otherKey) + " is set but " + (value.isPresent() ? otherKey : key) + " is not; they go together");
    }
  }

  private void part(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      problems.add(key + " is " + value + " but must be 0 to 1");
    }
  }

  private void timeTable(String key, String value) {
    if (!TimeTable.isValid(value)) {
      problems.add(key + " is \"" + value + "\" but must be " + TimeTable.EXPECTED);
    }
  }

  private void window(String key, String value) {
    String clock = "([01][0-9]|2[0-3]):[0-5][0-9]";
    if (!value.matches(clock + "-" + clock)) {
      problems.add(key + " is \"" + value + "\" but must be a span of the day such as 22:00-05:30");
    }
  }

  private void celsius(String key, double value) {
    if (!(value >= 0 && value <= HOTTEST_CELSIUS)) {
      problems.add(key + " is " + value + " but must be 0 to " + HOTTEST_CELSIUS + " degrees Celsius");
    }
  }

  private void atLeastZero(String key, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      problems.add(key + " is " + value + " but must be at least 0");
    }
  }

  private void between(String key, long value, long least, long most) {
    if (value < least || value > most) {
      problems.add(key + " is " + value + " but must be " + (most == Long.MAX_VALUE ? "at least " + least : least + " to " + most));
    }
  }

  private void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      problems.add(key + " is " + value + " but must be longer than nothing");
    }
  }
}
