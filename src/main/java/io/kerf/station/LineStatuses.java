package io.kerf.station;

import io.kerf.station.line.Output;
import io.kerf.station.line.Source;
import io.kerf.station.line.Statuses;
import io.kerf.station.output.Outputs;
import io.kerf.station.source.Sources;
import jakarta.inject.Singleton;
import java.util.List;

/** How the line's sources and outputs do, for the alarms. */
@Singleton
final class LineStatuses implements Statuses {
  private final Sources sources;
  private final Outputs outputs;

  LineStatuses(Sources sources, Outputs outputs) {
    this.sources = sources;
    this.outputs = outputs;
  }

  @Override
  public List<Source.Status> sources() {
    return sources.statuses();
  }

  @Override
  public List<Output.Status> outputs() {
    return outputs.statuses();
  }
}
