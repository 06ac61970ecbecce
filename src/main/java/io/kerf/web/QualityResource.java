package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.store.Trend;
import io.kerf.inspection.store.TrendStore;
import io.kerf.model.ActiveModels;
import io.kerf.station.LightLog;
import io.kerf.storage.RecipeName;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells how parts were over time: for charts. */
@Path("/api/quality")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Inspections")
public final class QualityResource {
  static final int MOST_HOURS = 168;
  private static final int FEWEST_BUCKETS = 48;
  private static final List<Duration> WIDTHS = List.of(Duration.ofHours(2), Duration.ofHours(1), Duration.ofMinutes(30), Duration.ofMinutes(15), Duration.ofMinutes(10),
      Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(1));

  private final TrendStore trends;
  private final ActiveModels models;
  private final LightLog light;
  private final Clock clock;

  QualityResource(TrendStore trends, ActiveModels models, LightLog light, Clock clock) {
    this.trends = trends;
    this.models = models;
    this.light = light;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "How a recipe's parts were over time",
      description = "Verdicts, p-values and scores of the last hours in buckets, oldest first, without those in which nothing was judged; what people said of them; and how the light was.")
  public QualityView quality(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe,
      @Parameter(description = "1 to 168.") @QueryParam("hours") @DefaultValue("24") String hours) {
    String name = RecipeName.require(recipe);
    Duration span = Duration.ofHours(hours(hours));
    Duration width = width(span);
    Trend trend = trends.trend(name, clock.instant(), width, (int) (span.toMillis() / width.toMillis()) + 1);
    Double promised = models.current(name).map(generation -> generation.bundle().falseRejectBudget()).orElse(null);
    return new QualityView(name, trend.from(), trend.until(), width.toSeconds(), promised, trend.buckets().stream().map(QualityView.BucketView::of).toList(), trend.words(),
        light.of(name).stream().map(QualityView.LightView::of).toList());
  }

  private static long hours(String text) {
    if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_HOURS) {
      throw new FaultException(Fault.BAD_FIELD, "hours is not valid. Use a number from 1 to " + MOST_HOURS + ".");
    }
    return Integer.parseInt(text);
  }

  /** The widest that still shows a shape. */
  static Duration width(Duration span) {
    return WIDTHS.stream().filter(width -> span.dividedBy(width) >= FEWEST_BUCKETS).findFirst().orElse(WIDTHS.get(WIDTHS.size() - 1));
  }
}
