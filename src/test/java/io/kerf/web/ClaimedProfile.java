package io.kerf.web;

import java.util.HashMap;
import java.util.Map;

/** The web alone, at a station of its own that a test claims, and where nobody looks on without logging in. */
public class ClaimedProfile extends WebProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
    overrides.put("kerf.data", "target/test-data/claimed-" + System.nanoTime());
    overrides.put("kerf.people.open-viewing", "false");
    return overrides;
  }
}
