package io.kerf.station.line;

import java.util.List;

/** How the sources and outputs that run do. The port by which alarms ask. Safe for many threads, and quick: it is asked every few seconds. */
public interface Statuses {
  List<Source.Status> sources();

  List<Output.Status> outputs();
}
