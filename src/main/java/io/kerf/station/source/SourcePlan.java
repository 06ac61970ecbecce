package io.kerf.station.source;

import io.kerf.config.document.SourceSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has to be done so that the sources that run are those that are wanted. A source whose settings changed is stopped and started; one whose settings are
 * the same is left alone.
 *
 * @param stop names, before anything starts
 * @param start names
 */
record SourcePlan(Set<String> stop, Set<String> start) {
  static SourcePlan of(Map<String, SourceSettings> running, Map<String, SourceSettings> wanted) {
    Set<String> stop = new TreeSet<>(running.keySet());
    stop.removeIf(name -> running.get(name).equals(wanted.get(name)));
    Set<String> start = new TreeSet<>(wanted.keySet());
    start.removeIf(name -> wanted.get(name).equals(running.get(name)));
    return new SourcePlan(stop, start);
  }
}
