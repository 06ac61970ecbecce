package io.kerf.config;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The settings of a station without a station. */
public final class TestConfig {
  private TestConfig() {}

  /** Defaults but for these. */
  public static KerfConfig of(Map<String, String> values) {
    SmallRyeConfig config = new SmallRyeConfigBuilder().withMapping(KerfConfig.class).withConverter(MemorySize.class, 200, new MemorySizeConverter())
        .withConverter(Duration.class, 200, new DurationConverter()).withSources(new PropertiesConfigSource(values, "test", 100)).build();
    return config.getConfigMapping(KerfConfig.class);
  }
}
