package io.kerf.fleet.protocol;

import io.kerf.fleet.envelope.Audience;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who a station is among those of its fleet; which fleet that is, its trust says. */
public record Identity(String id, List<String> groups) {
  public Identity {
    groups = List.copyOf(groups);
  }

  public Set<Audience> audiences() {
    Set<Audience> audiences = new HashSet<>();
    audiences.add(Audience.station(id));
    groups.forEach(group -> audiences.add(Audience.group(group)));
    return audiences;
  }
}
