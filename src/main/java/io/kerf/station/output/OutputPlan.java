package io.kerf.station.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What brings the outputs that run into line with those that are wanted. One whose settings changed is stopped and started; the rest go on as if nothing had
 * happened.
 *
 * @param stop names, in any order, before anything is started
 * @param start names, in the order of the document
 */
record OutputPlan(List<String> stop, List<String> start) {
  /** @param running and wanted settings by name */
  static OutputPlan of(Map<String, ?> running, Map<String, ?> wanted) {
    List<String> stop = new ArrayList<>();
    running.forEach((name, settings) -> {
      if (!settings.equals(wanted.get(name))) {
        stop.add(name);
      }
    });
    return new OutputPlan(List.copyOf(stop), wanted.keySet().stream().filter(name -> !running.containsKey(name) || stop.contains(name)).toList());
  }
}
