package io.kerf.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every key has a line here: what it is when nobody sets it, and that setting it is heard. */
class KerfConfigTest {
  private record Key(Function<KerfConfig, Object> value, Object whenUnset, String set, Object whenSet) {}

  private static final Map<String, Key> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("kerf.data", new Key(KerfConfig::data, Path.of("data"), "/var/lib/kerf", Path.of("/var/lib/kerf")));
    KEYS.put("kerf.name", new Key(KerfConfig::name, "Kerf station", "Press 4", "Press 4"));
    KEYS.put("kerf.host", new Key(KerfConfig::host, "0.0.0.0", "127.0.0.1", "127.0.0.1"));
    KEYS.put("kerf.port", new Key(KerfConfig::port, 8080, "80", 80));
    KEYS.put("kerf.people.open-viewing", new Key(c -> c.people().openViewing(), true, "false", false));
    KEYS.put("kerf.people.claim-code", new Key(c -> c.people().claimCode(), Optional.empty(), "PRESS-4-2026", Optional.of("PRESS-4-2026")));
    KEYS.put("kerf.people.session-idle", new Key(c -> c.people().sessionIdle(), Duration.ofHours(12), "30m", Duration.ofMinutes(30)));
    KEYS.put("kerf.people.session-lifetime", new Key(c -> c.people().sessionLifetime(), Duration.ofDays(7), "1d", Duration.ofDays(1)));
    KEYS.put("kerf.tls.enabled", new Key(c -> c.tls().enabled(), true, "false", false));
    KEYS.put("kerf.tls.port", new Key(c -> c.tls().port(), 8443, "443", 443));
    KEYS.put("kerf.tls.only", new Key(c -> c.tls().only(), false, "true", true));
    KEYS.put("kerf.tls.certificate", new Key(c -> c.tls().certificate(), Optional.empty(), "/etc/kerf/station.pem", Optional.of(Path.of("/etc/kerf/station.pem"))));
    KEYS.put("kerf.tls.key", new Key(c -> c.tls().key(), Optional.empty(), "/etc/kerf/station.key", Optional.of(Path.of("/etc/kerf/station.key"))));
    KEYS.put("kerf.image.max-bytes", new Key(c -> c.image().maxBytes(), size(32L << 20), "1M", size(1 << 20)));
    KEYS.put("kerf.image.max-pixels", new Key(c -> c.image().maxPixels(), 50_000_000L, "5000000", 5_000_000L));
    KEYS.put("kerf.inspections.concurrent", new Key(c -> c.inspections().concurrent(), 0, "6", 6));
    KEYS.put("kerf.inspections.waiting", new Key(c -> c.inspections().waiting(), 32, "7", 7));
    KEYS.put("kerf.inspections.patience", new Key(c -> c.inspections().patience(), Duration.ofSeconds(5), "200ms", Duration.ofMillis(200)));
    KEYS.put("kerf.inspections.upload-time", new Key(c -> c.inspections().uploadTime(), Duration.ofSeconds(30), "1m", Duration.ofMinutes(1)));
    KEYS.put("kerf.inspections.memory", new Key(c -> c.inspections().memory(), size(256L << 20), "1G", size(1L << 30)));
    KEYS.put("kerf.evidence.max-bytes", new Key(c -> c.evidence().maxBytes(), size(2L << 30), "10G", size(10L << 30)));
    KEYS.put("kerf.evidence.max-age", new Key(c -> c.evidence().maxAge(), Duration.ofDays(30), "12h", Duration.ofHours(12)));
    KEYS.put("kerf.evidence.ok-share", new Key(c -> c.evidence().okShare(), 1.0, "0.02", 0.02));
    KEYS.put("kerf.evidence.ng", new Key(c -> c.evidence().ng(), true, "false", false));
    KEYS.put("kerf.evidence.unjudged", new Key(c -> c.evidence().unjudged(), true, "false", false));
    KEYS.put("kerf.evidence.recent", new Key(c -> c.evidence().recent(), Duration.ofHours(1), "10m", Duration.ofMinutes(10)));
    KEYS.put("kerf.evidence.least-free", new Key(c -> c.evidence().leastFree(), size(256L << 20), "2G", size(2L << 30)));
    KEYS.put("kerf.export.max-parts", new Key(c -> c.export().maxParts(), 10_000, "50", 50));
    KEYS.put("kerf.records.max-count", new Key(c -> c.records().maxCount(), 1_000_000L, "10", 10L));
    KEYS.put("kerf.events.max-clients", new Key(c -> c.events().maxClients(), 64, "3", 3));
    KEYS.put("kerf.events.buffer", new Key(c -> c.events().buffer(), 256, "9", 9));
    KEYS.put("kerf.engine.name", new Key(c -> c.engine().name(), "OnnxRuntime", "PyTorch", "PyTorch"));
    KEYS.put("kerf.engine.threads", new Key(c -> c.engine().threads(), 1, "2", 2));
    KEYS.put("kerf.collect.enabled", new Key(c -> c.collect().enabled(), true, "false", false));
    KEYS.put("kerf.collect.least-p-value", new Key(c -> c.collect().leastPValue(), 0.2, "0.5", 0.5));
    KEYS.put("kerf.collect.least-distance", new Key(c -> c.collect().leastDistance(), 0.5, "1", 1.0));
    KEYS.put("kerf.collect.max-count", new Key(c -> c.collect().maxCount(), 500, "9", 9));
    KEYS.put("kerf.collect.max-bytes", new Key(c -> c.collect().maxBytes().asLongValue(), 512L << 20, "1G", 1L << 30));
    KEYS.put("kerf.swap.watched-parts", new Key(c -> c.swap().watchedParts(), 200, "0", 0));
    KEYS.put("kerf.rescoring.max-changes", new Key(c -> c.rescoring().maxChanges(), 1000, "50", 50));
    KEYS.put("kerf.engine.loaded", new Key(c -> c.engine().loaded(), 8, "2", 2));
    KEYS.put("kerf.engine.drain", new Key(c -> c.engine().drain(), Duration.ofSeconds(30), "2m", Duration.ofMinutes(2)));
    KEYS.put("kerf.engine.tensorrt.enabled", new Key(c -> c.engine().tensorrt().enabled(), true, "false", false));
    KEYS.put("kerf.engine.tensorrt.precision",
        new Key(c -> c.engine().tensorrt().precision(), KerfConfig.Engine.TensorRt.Precision.FP16, "INT8", KerfConfig.Engine.TensorRt.Precision.INT8));
    KEYS.put("kerf.learn.enabled", new Key(c -> c.learn().enabled(), true, "false", false));
    KEYS.put("kerf.learn.cron", new Key(c -> c.learn().cron(), "0 2 * * *", "off", "off"));
    KEYS.put("kerf.learn.fine-tune-after", new Key(c -> c.learn().fineTuneAfter(), 300, "0", 0));
    KEYS.put("kerf.learn.refit-after", new Key(c -> c.learn().refitAfter(), 50, "0", 0));
    KEYS.put("kerf.learn.window", new Key(c -> c.learn().window(), "00:00-00:00", "22:00-05:30", "22:00-05:30"));
    KEYS.put("kerf.learn.budget", new Key(c -> c.learn().budget(), Duration.ofMinutes(30), "2h", Duration.ofHours(2)));
    KEYS.put("kerf.learn.attempts-per-day", new Key(c -> c.learn().attemptsPerDay(), 3, "1", 1));
    KEYS.put("kerf.learn.time-per-day", new Key(c -> c.learn().timePerDay(), Duration.ofHours(4), "1h", Duration.ofHours(1)));
    KEYS.put("kerf.learn.energy-per-day", new Key(c -> c.learn().wattHoursPerDay(), 0.0, "12.5", 12.5));
    KEYS.put("kerf.learn.busy-parts-per-minute", new Key(c -> c.learn().busyPartsPerMinute(), 0, "30", 30));
    KEYS.put("kerf.learn.hottest-celsius", new Key(c -> c.learn().hottestCelsius(), 85.0, "70", 70.0));
    KEYS.put("kerf.learn.least-free", new Key(c -> c.learn().leastFree().asLongValue(), 2L << 30, "1G", 1L << 30));
    KEYS.put("kerf.learn.threads", new Key(c -> c.learn().threads(), 0, "3", 3));
    KEYS.put("kerf.learn.memory", new Key(c -> c.learn().memory().asLongValue(), 5L << 30, "3G", 3L << 30));
    KEYS.put("kerf.learn.shadow-parts", new Key(c -> c.learn().shadowParts(), 100, "0", 0));
    KEYS.put("kerf.learn.promotion", new Key(c -> c.learn().promotion(), KerfConfig.Learn.Promotion.AUTOMATIC, "BY_HAND", KerfConfig.Learn.Promotion.BY_HAND));
    KEYS.put("kerf.device.root", new Key(c -> c.device().root(), Path.of("/"), "/host", Path.of("/host")));
    KEYS.put("kerf.fleet.enabled", new Key(c -> c.fleet().enabled(), false, "true", true));
    KEYS.put("kerf.fleet.id", new Key(c -> c.fleet().id(), "station", "line-7", "line-7"));
    KEYS.put("kerf.fleet.groups", new Key(c -> c.fleet().groups(), Optional.empty(), "press,paint", Optional.of(List.of("press", "paint"))));
    KEYS.put("kerf.fleet.trust", new Key(c -> c.fleet().trust(), Optional.empty(), "/etc/kerf/trust.json", Optional.of(Path.of("/etc/kerf/trust.json"))));
    KEYS.put("kerf.fleet.broker", new Key(c -> c.fleet().broker(), Optional.empty(), "mqtts://broker:8883", Optional.of(URI.create("mqtts://broker:8883"))));
    KEYS.put("kerf.fleet.url", new Key(c -> c.fleet().url(), Optional.empty(), "https://files/acme", Optional.of(URI.create("https://files/acme"))));
    KEYS.put("kerf.fleet.interval", new Key(c -> c.fleet().interval(), Duration.ofMinutes(15), "1h", Duration.ofHours(1)));
    KEYS.put("kerf.fleet.tls.ca", new Key(c -> c.fleet().tls().ca(), Optional.empty(), "ca.pem", Optional.of("ca.pem")));
    KEYS.put("kerf.fleet.tls.certificate", new Key(c -> c.fleet().tls().certificate(), Optional.empty(), "line-7.pem", Optional.of("line-7.pem")));
    KEYS.put("kerf.fleet.tls.key", new Key(c -> c.fleet().tls().key(), Optional.empty(), "credential:line-7", Optional.of("credential:line-7")));
    KEYS.put("kerf.demo.enabled", new Key(c -> c.demo().enabled(), true, "false", false));
    KEYS.put("kerf.demo.parts", new Key(c -> c.demo().parts(), 200, "60", 60));
    KEYS.put("kerf.demo.collect-every", new Key(c -> c.demo().collectEvery(), Duration.ofMillis(100), "1s", Duration.ofSeconds(1)));
    KEYS.put("kerf.demo.training-budget", new Key(c -> c.demo().trainingBudget(), Duration.ofMinutes(2), "30s", Duration.ofSeconds(30)));
    KEYS.put("kerf.demo.size-px", new Key(c -> c.demo().sizePx(), 192, "64", 64));
    KEYS.put("kerf.demo.false-reject-budget", new Key(c -> c.demo().falseRejectBudget(), 0.05, "0.1", 0.1));
    KEYS.put("kerf.demo.judge-every", new Key(c -> c.demo().judgeEvery(), Duration.ofMillis(1500), "1s", Duration.ofSeconds(1)));
    KEYS.put("kerf.demo.defect-share", new Key(c -> c.demo().defectShare(), 0.2, "0.5", 0.5));
  }

  @Test
  void noKeyIsWithoutALineInThisTest() {
    // A list has a key for each of its elements as well.
    assertThat(ConfigMappings.getProperties(ConfigClass.configClass(KerfConfig.class)).keySet()).filteredOn(key -> !key.endsWith("[*]"))
        .containsExactlyInAnyOrderElementsOf(KEYS.keySet());
  }

  @Test
  void everyKeyHasItsDefault() {
    KerfConfig unset = TestConfig.of(Map.of());
    assertThat(KEYS).allSatisfy((name, key) -> assertThat(key.value().apply(unset)).as(name).isEqualTo(key.whenUnset()));
  }

  @Test
  void everyKeyIsHeard() {
    KerfConfig set = TestConfig.of(KEYS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().set())));
    assertThat(KEYS).allSatisfy((name, key) -> assertThat(key.value().apply(set)).as(name).isEqualTo(key.whenSet()).isNotEqualTo(key.whenUnset()));
  }

  @Test
  void theSampleFileNamesEveryKeyWithItsDefault() throws IOException {
    Properties sample = new Properties();
    try (InputStream in = Files.newInputStream(Path.of("edge-config/kerf.properties"))) {
      sample.load(in);
    }
    assertThat(sample.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(KEYS.keySet());
    KerfConfig set = TestConfig.of(sample.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, sample::getProperty)));
    assertThat(KEYS).allSatisfy((name, key) -> assertThat(key.value().apply(set)).as(name).isEqualTo(key.whenUnset()));
  }

  @Test
  void aKeyThatIsNoneIsRefusedByName() {
    assertThatThrownBy(() -> TestConfig.of(Map.of("kerf.evidence.max-byte", "1"))).isInstanceOf(ConfigValidationException.class)
        .hasMessageContaining("kerf.evidence.max-byte");
  }

  @Test
  void theDefaultsAreValid() {
    assertThat(ConfigCheck.problems(TestConfig.of(Map.of()))).isEmpty();
  }

  @Test
  void aPolicyOnImagesIsCheckedAtItsEdges() {
    assertThat(ConfigCheck.problems(TestConfig.of(Map.of("kerf.evidence.ok-share", "0", "kerf.evidence.least-free", "0", "kerf.evidence.recent", "1ms")))).isEmpty();
    assertThat(ConfigCheck.problems(TestConfig.of(Map.of("kerf.evidence.ok-share", "1.1", "kerf.evidence.recent", "0s", "kerf.export.max-parts", "0")))).containsExactlyInAnyOrder(
        "kerf.evidence.ok-share is 1.1 but must be 0 to 1", "kerf.evidence.recent is PT0S but must be longer than nothing",
        "kerf.export.max-parts is 0 but must be 1 to 100000");
  }

  @Test
  void everyProblemIsToldAtOnceWithItsKey() {
    assertThat(ConfigCheck.problems(TestConfig.of(Map.of("kerf.port", "70000", "kerf.image.max-bytes", "2G", "kerf.inspections.waiting", "-1",
        "kerf.inspections.patience", "0s", "kerf.records.max-count", "0", "kerf.collect.least-p-value", "1.5", "kerf.collect.least-distance", "-0.5",
        "kerf.swap.watched-parts", "-1", "kerf.engine.loaded", "101",
        "kerf.learn.energy-per-day", "-1")))).containsExactlyInAnyOrder(
            "kerf.port is 70000 but must be 0 to 65535",
            "kerf.image.max-bytes is 2147483648 but must be 1 to 1073741824",
            "kerf.inspections.waiting is -1 but must be 0 to 10000",
            "kerf.inspections.patience is PT0S but must be longer than nothing",
            "kerf.inspections.memory is 268435456 but must be at least 2147483648",
            "kerf.records.max-count is 0 but must be at least 1", "kerf.collect.least-p-value is 1.5 but must be between 0 and 1",
            "kerf.collect.least-distance is -0.5 but must be at least 0", "kerf.swap.watched-parts is -1 but must be 0 to 10000",
            "kerf.engine.loaded is 101 but must be 1 to 100", "kerf.learn.energy-per-day is -1.0 but must be at least 0");
  }

  @Test
  void problemsWithPeopleAndCertificatesAreToldWithoutASecret() {
    assertThat(ConfigCheck.problems(TestConfig.of(Map.of("kerf.people.claim-code", "AB-12", "kerf.people.session-idle", "0s", "kerf.tls.port", "70000",
        "kerf.tls.key", "/etc/kerf/station.key")))).containsExactlyInAnyOrder("kerf.people.claim-code is too short: use at least 8 letters and digits",
            "kerf.people.session-idle is PT0S but must be longer than nothing", "kerf.tls.port is 70000 but must be 0 to 65535",
            "kerf.tls.key is set but kerf.tls.certificate is not; they go together");
  }

  @Test
  void whatIsWrongWithTheFleetIsToldAtOnce() {
    assertThat(ConfigCheck.problems(TestConfig.of(Map.of("kerf.fleet.id", "Line 7", "kerf.fleet.groups", "press,../x", "kerf.fleet.broker", "https://broker", "kerf.fleet.url", "files",
        "kerf.fleet.interval", "1s", "kerf.fleet.tls.key", "line-7.key")))).containsExactlyInAnyOrder(
            "kerf.fleet.id is \"Line 7\" but must be 1 to 63 lower-case letters, digits and hyphens",
            "kerf.fleet.groups is \"../x\" but must be 1 to 63 lower-case letters, digits and hyphens",
            "kerf.fleet.broker is \"https://broker\" but must be mqtts:// or mqtt:// and a host", "kerf.fleet.url is \"files\" but must be https:// or http:// and a host",
            "kerf.fleet.interval is PT1S but must be at least PT1M", "kerf.fleet.tls.certificate and kerf.fleet.tls.key must be set both or not at all");
  }

  private static MemorySize size(long bytes) {
    return new MemorySize(BigInteger.valueOf(bytes));
  }
}
