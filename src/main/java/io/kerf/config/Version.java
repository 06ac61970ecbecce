package io.kerf.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

/** The version of this build and when it was made, from {@code kerf-version.properties}, which the build fills in. */
public final class Version {
  private static final Properties PROPERTIES = read();

  public static final String CURRENT = PROPERTIES.getProperty("version");

  /** Where a clock says an earlier time than this, the clock is wrong. */
  public static final Instant BUILT = Instant.parse(PROPERTIES.getProperty("built"));

  private Version() {}

  private static Properties read() {
    try (InputStream in = Version.class.getResourceAsStream("/kerf-version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
