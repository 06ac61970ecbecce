package io.kerf.web;

import io.kerf.config.KerfConfig;
import io.kerf.inspection.export.ExportOrder;
import io.kerf.inspection.export.Exports;
import io.kerf.inspection.store.InspectionFilter;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes what a search finds away, as it is written: a client that goes away ends it. */
@Path("/api/inspections")
@Blocking
@Tag(name = "Inspections")
public final class ExportResource {
  private final Exports exports;
  private final KerfConfig config;
  private final Clock clock;

  ExportResource(Exports exports, KerfConfig config, Clock clock) {
    this.exports = exports;
    this.config = config;
    this.clock = clock;
  }

  @GET
  @Path("export.csv")
  @Operation(summary = "A table of what a search finds, newest first",
      description = "RFC 4180, UTF-8, with a line of names. Texts that a spreadsheet would take for a formula begin with an apostrophe.")
  @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv"))
  @APIResponse(responseCode = "503", description = "Another export is running.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response csv(@BeanParam SearchParameters search) throws IOException {
    InspectionFilter filter = search.filter(clock.getZone());
    exports.alone(export -> {});
    return download("text/csv;charset=UTF-8", "csv", out -> exports.alone(export -> export.csv(filter, out)));
  }

  @GET
  @Path("export.zip")
  @Operation(summary = "The images of what a search finds, with a manifest", description = "Images as received, heat maps, `manifest.csv` with a line for each part, "
      + "and `manifest.json` with what was asked for and the SHA-256 of every file. Of parts whose image is not kept it says why.")
  @APIResponse(responseCode = "200", content = @Content(mediaType = "application/zip"))
  @APIResponse(responseCode = "413", description = "More parts than one archive may hold (kerf.export.max-parts).", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "503", description = "Another export is running.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response zip(@BeanParam SearchParameters search) throws IOException {
    ExportOrder order = new ExportOrder(search.filter(clock.getZone()), search.texts(), config.name());
    exports.alone(export -> export.requireRoom(order.filter()));
    return download("application/zip", "zip", out -> exports.alone(export -> export.zip(order, out)));
  }

  /** The turn is taken anew when the body is written, so that a client that is gone by then leaves it to others; who loses it meanwhile gets a broken answer. */
  private static Response download(String type, String extension, StreamingOutput body) {
    return Response.ok(body, type).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"kerf-inspections." + extension + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
