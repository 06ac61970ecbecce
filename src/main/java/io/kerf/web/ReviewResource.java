package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.store.Review;
import io.kerf.model.Truth;
import io.kerf.station.Reviews;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.web.people.Asker;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes what people say of parts that were judged. */
@Path("/api/inspections/{id}/review")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Reviews", description = "Say what a part really was; the station learns from it.")
public final class ReviewResource {
  private final Reviews reviews;
  private final Event<Changed> changes;
  private final Clock clock;
  private final Asker asker;

  ReviewResource(Reviews reviews, Event<Changed> changes, Clock clock, Asker asker) {
    this.reviews = reviews;
    this.changes = changes;
    this.clock = clock;
    this.asker = asker;
  }

  @Schema(name = "ReviewWord")
  public record Word(@Schema(examples = "GOOD", description = "GOOD or BAD.") String truth, @Schema(examples = "Ann Lee") String by) {}

  @Schema(name = "Review")
  public record View(String inspection, String recipe, Truth truth, String by, Instant at) {
    static View of(Review review) {
      return new View(review.inspection(), review.recipe(), review.truth(), review.by(), review.at());
    }
  }

  @GET
  @Operation(summary = "What was said of a part")
  public View get(@PathParam("id") String id) {
    return reviews.of(checked(id)).map(View::of).orElseThrow(() -> nothingSaid(id));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Say what a part really was",
      description = "GOOD: it joins the normals that the next model learns from. BAD: it leaves them and joins the golden set, which every new model must "
          + "judge right. Saying the other takes the first word back.")
  public View say(@PathParam("id") String id, Word word) {
    if (word == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request has no body. Say {\"truth\": \"GOOD\" or \"BAD\", \"by\": \"…\"}.");
    }
    Truth truth = Arrays.stream(Truth.values()).filter(value -> value.name().equals(word.truth())).findFirst()
        .orElseThrow(() -> new FaultException(Fault.BAD_FIELD, "truth is not valid. Use GOOD or BAD."));
    Review said = reviews.say(checked(id), truth, Fields.by(asker, word.by(), "Say who says so."));
    changes.fire(new Changed(said.at(), said.by(), Action.REVIEW_SAID, said.recipe(), id, truth.name()));
    return View.of(said);
  }

  @DELETE
  @Operation(summary = "Take back what was said of a part", description = "What the word had done to normals and golden set is undone.")
  public View takeBack(@PathParam("id") String id, @Parameter(description = "Who takes it back, where nobody has logged in.") @QueryParam("by") String by) {
    String who = Fields.by(asker, by, "Say who takes it back, as a query parameter.");
    Review said = reviews.takeBack(checked(id)).orElseThrow(() -> nothingSaid(id));
    changes.fire(new Changed(clock.instant(), who, Action.REVIEW_TAKEN_BACK, said.recipe(), id, said.truth() + " said by " + said.by()));
    return View.of(said);
  }

  private static String checked(String id) {
    if (!InspectionIds.isValid(id)) {
      throw new FaultException(Fault.NOT_FOUND, "There is no such inspection.");
    }
    return id;
  }

  private static FaultException nothingSaid(String id) {
    return new FaultException(Fault.NOT_FOUND, "Nothing was said of inspection " + id + ".");
  }
}
