package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.station.line.InspectionView;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Trigger;
import io.kerf.station.source.Sources;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows where frames come from, and triggers cameras. No thread waits for a camera, and none that judges for a client. */
@Path("/api/sources")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sources", description = "Where frames come from.")
public final class SourceResource {
  private final Sources sources;
  private final InspectionStore store;

  SourceResource(Sources sources, InspectionStore store) {
    this.sources = sources;
    this.store = store;
  }

  @GET
  @Operation(summary = "The sources, and how they do")
  public List<SourceView> all() {
    return sources.statuses().stream().map(SourceView::of).toList();
  }

  @POST
  @Path("{name}/trigger")
  @Operation(summary = "Judge the part in front of a camera",
      description = "The camera's next frame, after the delay that the station document gives it. Answers when the verdict is recorded.")
  @APIResponse(responseCode = "201", description = "Judged and recorded; Location says where.",
      content = @Content(schema = @Schema(implementation = InspectionView.class)))
  @APIResponse(responseCode = "404", description = "There is no such camera.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "409", description = "The camera is not one that is triggered.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "503", description = "Too many triggers wait for a frame.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "504", description = "No frame came in time.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Uni<Response> trigger(@PathParam("name") String name,
      @Parameter(description = "Serial number of the part, at most 128 characters.") @QueryParam("partId") String partId,
      @Parameter(description = "Lot of the part, at most 128 characters.") @QueryParam("lot") String lot) {
    Trigger trigger = new Trigger(Fields.label("partId", partId), Fields.label("lot", lot), Sources.HTTP, System.nanoTime());
    return Uni.createFrom().completionStage(() -> sources.fire(name, trigger)).emitOn(Infrastructure.getDefaultWorkerPool()).map(this::answer);
  }

  private Response answer(Outcome outcome) {
    if (outcome instanceof Outcome.Judged judged) {
      Inspection inspection = judged.inspection();
      Optional<StoredInspection.Evidence> evidence = store.byId(inspection.id()).flatMap(StoredInspection::evidence);
      return Response.created(URI.create(InspectionView.PATH + inspection.id())).entity(InspectionView.ofNew(new StoredInspection(inspection, evidence, false))).build();
    }
    Outcome.Missed missed = (Outcome.Missed) outcome;
    Fault fault = Arrays.stream(Fault.values()).filter(one -> one.code().equals(missed.code())).findFirst().orElse(Fault.INTERNAL);
    throw new FaultException(fault, missed.detail());
  }
}
