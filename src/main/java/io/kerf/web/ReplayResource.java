package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.rescore.Replay;
import io.kerf.inspection.rescore.Replayer;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Judges a part on record once more and compares. */
@Path("/api/inspections/{id}/replay")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Inspections")
public final class ReplayResource {
  private final Replayer replayer;

  ReplayResource(Replayer replayer) {
    this.replayer = replayer;
  }

  @POST
  @Operation(summary = "Judge a part once more by the model that judged it, and compare",
      description = "With its stored image, and beside the line, which goes first. Nothing on record changes. "
      + "The same engine gives the same to the last digit.")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Replay.Report.class)))
  @APIResponse(responseCode = "404", description = "There is no such inspection, or its image or its model is not kept any more.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "409", description = "No model judged it, or the model is damaged.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "503", description = "Another one is being replayed.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Replay.Report replay(@PathParam("id") String id) throws IOException {
    if (!InspectionIds.isValid(id)) {
      throw new FaultException(Fault.NOT_FOUND, "There is no such inspection.");
    }
    return replayer.replay(id, Optional.empty()).report();
  }
}
