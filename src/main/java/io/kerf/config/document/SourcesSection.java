package io.kerf.config.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where frames come from. Names of folders and cameras are unique among both; {@code http} and {@code demo} are taken.
 *
 * @param folders watched folders by name; none where absent
 * @param cameras by name; none where absent
 * @param http images that are sent to the station
 */
public record SourcesSection(Map<String, FolderSettings> folders, Map<String, CameraSettings> cameras, HttpSettings http) {
  public static final SourcesSection DEFAULT = new SourcesSection(null, null, null);

  public SourcesSection {
    folders = folders == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(folders));
    cameras = cameras == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(cameras));
    http = http == null ? HttpSettings.DEFAULT : http;
  }

  /** All that is to run, by name. */
  public Map<String, SourceSettings> byName() {
    Map<String, SourceSettings> all = new LinkedHashMap<>(folders);
    all.putAll(cameras);
    return all;
  }
}
