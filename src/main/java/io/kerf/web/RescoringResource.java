package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Moment;
import io.kerf.inspection.rescore.Rescoring;
import io.kerf.inspection.rescore.RescoringOrder;
import io.kerf.inspection.rescore.RescoringReport;
import io.kerf.inspection.rescore.Rescorings;
import io.kerf.storage.RecipeName;
import io.kerf.web.people.Asker;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Judges stored images again with any model of the recipe, beside the line, and tells whose verdicts change. */
@Path("/api/rescorings")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Rescorings", description = "Judge stored images of a time or lot again with any model: since when is it so, and which parts? The line goes first.")
public final class RescoringResource {
  static final String PATH = "/api/rescorings/";

  private final Rescorings rescorings;
  private final Clock clock;
  private final Asker asker;

  RescoringResource(Rescorings rescorings, Clock clock, Asker asker) {
    this.rescorings = rescorings;
    this.clock = clock;
    this.asker = asker;
  }

  @Schema(name = "RescoringWish")
  public record Wish(@Schema(nullable = true, description = "`default` when absent.") String recipe,
      @Schema(nullable = true, description = "Digest of a model of the recipe, or enough of its beginning; the one in use when absent.") String bundle,
      @Schema(nullable = true, description = "Only parts captured then or later.", examples = "2026-11-24T06:00:00Z") String from,
      @Schema(nullable = true, description = "Only parts captured before.", examples = "2026-11-24T14:00:00Z") String to,
      @Schema(nullable = true) String lot,
      @Schema(description = "Who asks for it.", examples = "Ann Lee") String by) {}

  /** @param items newest first, each without its list of changes */
  @Schema(name = "Rescorings")
  public record Recent(List<RescoringReport> items) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Judge stored images again", description = "Verifies the model, counts the parts and answers; Location says where to look. One runs at a time. Nothing on record changes.")
  @APIResponse(responseCode = "202", description = "Begun.", content = @Content(schema = @Schema(implementation = RescoringReport.class)))
  @APIResponse(responseCode = "400", description = "A field is not valid, or no part is in the span.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "404", description = "There is no such model.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "409", description = "Another one is running, or the model is damaged.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response start(Wish wish) throws IOException {
    Rescoring rescoring = rescorings.start(order(wish));
    return Response.accepted(rescoring.report()).location(URI.create(PATH + rescoring.id())).build();
  }

  @GET
  @Operation(summary = "The last rescorings since the station started, newest first")
  public Recent recent() {
    return new Recent(rescorings.recent().stream().map(one -> one.report().brief()).toList());
  }

  @GET
  @Path("{id}")
  @Operation(summary = "How far one is and what it found")
  public RescoringReport one(@PathParam("id") String id) {
    return rescorings.byId(id).orElseThrow(() -> missing(id)).report();
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Cancel one", description = "Answers when it has ended, with what it found until then; one that has ended stays as it is.")
  public RescoringReport cancel(@PathParam("id") String id) {
    return rescorings.cancel(id).orElseThrow(() -> missing(id)).report();
  }

  private RescoringOrder order(Wish wish) {
    if (wish == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request has no body. Say what is to be judged again: {\"recipe\": \"…\", \"bundle\": \"…\", \"from\": \"…\", \"to\": \"…\", "
          + "\"lot\": \"…\", \"by\": \"…\"}; all but by may be left out.");
    }
    String by = Fields.by(asker, wish.by(), "Say who asks for it.");
    String recipe = wish.recipe() == null || wish.recipe().isBlank() ? RecipeName.DEFAULT : RecipeName.require(wish.recipe());
    return new RescoringOrder(recipe, Fields.label("bundle", wish.bundle()), time("from", wish.from()), time("to", wish.to()), Fields.label("lot", wish.lot()), by);
  }

  private Optional<Instant> time(String field, String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank()).map(text -> Moment.parse(field, text, clock.getZone()));
  }

  private static FaultException missing(String id) {
    return new FaultException(Fault.NOT_FOUND, "There is no rescoring " + id + ": it never was, or it is older than the last " + Rescorings.KEPT
        + " or than the start of the station.");
  }
}
