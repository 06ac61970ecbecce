package io.kerf.web;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Says what the station is doing. */
@Path("/api/station")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Station", description = "What the station is doing, now and as it happens.")
public final class StationResource {
  private final Station station;

  StationResource(Station station) {
    this.station = station;
  }

  @GET
  @Operation(summary = "What the station is doing", description = "Mode, phase, progress of collecting and training, the model in use, and verdicts counted.")
  public StationView status() {
    return station.view();
  }
}
