package io.kerf.web;

import io.kerf.fleet.FleetFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A station of a fleet whose signing key lies beside its trust document. */
public class FleetProfile extends WebProfile {
  private static final Path FOLDER = Path.of("target/test-fleet", UUID.randomUUID().toString());

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    Set<Class<?>> all = new HashSet<>(super.getEnabledAlternatives());
    all.add(FakeManagedStation.class);
    return all;
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    FleetFixture fleet = new FleetFixture();
    try {
      Files.createDirectories(FOLDER);
      fleet.signer.write(FOLDER, "signer");
      Files.write(FOLDER.resolve("trust.json"), fleet.trust().bytes());
      Files.write(FOLDER.resolve("trust-2.json"), fleet.trust(2, 1, fleet.signer).bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> all = new HashMap<>(super.getConfigOverrides());
    all.putAll(Map.of("kerf.fleet.enabled", "true", "kerf.fleet.id", FleetFixture.STATION, "kerf.fleet.groups", "press", "kerf.fleet.trust", FOLDER.resolve("trust.json").toString()));
    return all;
  }
}
