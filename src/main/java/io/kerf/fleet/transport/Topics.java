package io.kerf.fleet.transport;

import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.protocol.Identity;
import java.util.ArrayList;
import java.util.List;

/**
 * Where what lies on the broker, and below the URL of a fleet in the same way:
 *
 * <pre>
 * kerf/{fleet}/stations/{id}/desired    envelope for one station, retained
 * kerf/{fleet}/groups/{group}/desired   envelope for a group, retained
 * kerf/{fleet}/trust/{version}          trust documents, retained
 * kerf/{fleet}/stations/{id}/reported   the newest report, retained
 * kerf/{fleet}/stations/{id}/status     whether the station is connected, retained; its last will says that it is not
 * </pre>
 */
public record Topics(String fleet) {
  private static final String ROOT = "kerf/";

  public static String desiredPath(Audience audience) {
    return audience + "/desired";
  }

  public static String trustPath(long version) {
    return "trust/" + version;
  }

  public static String reportedPath(String station) {
    return Audience.station(station) + "/reported";
  }

  public String desired(Audience audience) {
    return ROOT + fleet + "/" + desiredPath(audience);
  }

  public String trust(long version) {
    return ROOT + fleet + "/" + trustPath(version);
  }

  public String reported(String station) {
    return ROOT + fleet + "/" + reportedPath(station);
  }

  public String status(String station) {
    return ROOT + fleet + "/" + Audience.station(station) + "/status";
  }

  /** All that a station hears. */
  public List<String> of(Identity station) {
    List<String> topics = new ArrayList<>();
    topics.add(ROOT + fleet + "/trust/+");
    station.audiences().stream().map(this::desired).sorted().forEach(topics::add);
    return topics;
  }

  /** All that whoever watches the fleet hears. */
  public List<String> ofWatcher() {
    return List.of(reported("+"), status("+"));
  }

  boolean isTrust(String topic) {
    return topic.startsWith(ROOT + fleet + "/trust/");
  }

  /** The station of {@code …/stations/{id}/…}. */
  public static String station(String topic) {
    return topic.split("/")[3];
  }
}
