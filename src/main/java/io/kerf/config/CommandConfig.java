package io.kerf.config;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** Settings for commands that run without the station: the same names and sources, read without its configuration mapping. */
public final class CommandConfig {
  private CommandConfig() {}

  /** {@code kerf.data}: a system property, {@code KERF_DATA} in the environment, or {@code config/application.properties}. */
  public static Path dataFolder() {
    return Path.of(ConfigProvider.getConfig().getOptionalValue("kerf.data", String.class).orElse("data"));
  }

  /** {@code kerf.tls.enabled}, likewise. */
  public static boolean tls() {
    return ConfigProvider.getConfig().getOptionalValue("kerf.tls.enabled", Boolean.class).orElse(true);
  }

  /** {@code kerf.tls.port}, likewise. */
  public static int tlsPort() {
    return ConfigProvider.getConfig().getOptionalValue("kerf.tls.port", Integer.class).orElse(8443);
  }

  /** {@code kerf.tls.certificate}, likewise; empty where the plant has none for this station. */
  public static Optional<Path> certificate() {
    return ConfigProvider.getConfig().getOptionalValue("kerf.tls.certificate", Path.class);
  }

  /** {@code kerf.tls.key}, likewise. */
  public static Optional<Path> key() {
    return ConfigProvider.getConfig().getOptionalValue("kerf.tls.key", Path.class);
  }

  /** {@code kerf.name}, likewise. */
  public static String name() {
    return ConfigProvider.getConfig().getOptionalValue("kerf.name", String.class).orElse("Kerf station");
  }

  /** {@code kerf.engine.name}, likewise. */
  public static String engine() {
    return ConfigProvider.getConfig().getOptionalValue("kerf.engine.name", String.class).orElse("OnnxRuntime");
  }

  /** {@code kerf.engine.threads}, likewise. */
  public static int engineThreads() {
    return ConfigProvider.getConfig().getOptionalValue("kerf.engine.threads", Integer.class).orElse(1);
  }
}
