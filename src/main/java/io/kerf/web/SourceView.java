package io.kerf.web;

import io.kerf.station.line.Condition;
import io.kerf.station.line.Source;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A source, as JSON.
 *
 * @param kind {@code http}, {@code folder}, {@code camera}, {@code demo}
 * @param words what it does or what keeps it from that, and what to do
 * @param since from when on it has that state
 * @param frames that came since the source was set up
 * @param dropped of those that were to be judged and were not: a later one took their place, they were too old, or no image
 */
@Schema(name = "Source")
public record SourceView(String name, String kind, Condition.State state, String words, Instant since, long frames, long judged, long dropped,
    @Schema(nullable = true) Instant lastFrameAt) {

  static SourceView of(Source.Status status) {
    Condition condition = status.condition();
    return new SourceView(status.name(), status.kind(), condition.state(), condition.words(), condition.since(), status.frames(), status.judged(), status.dropped(),
        status.lastFrameAt().orElse(null));
  }
}
