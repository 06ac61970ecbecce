package io.kerf.web;

import io.kerf.device.Boards;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The web alone, with small limits: what stands behind its ports is made up, and so is the machine. */
public class WebProfile implements QuarkusTestProfile {
  static final int MAX_IMAGE_BYTES = 100_000;

  private static final String DEVICE = "target/test-device/" + UUID.randomUUID();
  private static final String DATA = "target/test-data/" + UUID.randomUUID();

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeInspector.class, FakeStation.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    Boards.orinNano(Path.of(DEVICE));
    return Map.of(
        "kerf.device.root", DEVICE,
        "kerf.data", DATA,
        "kerf.collect.enabled", "false",
        "kerf.image.max-bytes", String.valueOf(MAX_IMAGE_BYTES),
        "kerf.inspections.concurrent", "1",
        "kerf.inspections.waiting", "1",
        "kerf.inspections.patience", "300ms",
        "kerf.inspections.upload-time", "2s",
        "kerf.events.max-clients", "2",
        "kerf.export.max-parts", "3");
  }
}
