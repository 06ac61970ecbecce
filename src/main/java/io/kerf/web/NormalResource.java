package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.store.Review;
import io.kerf.model.Truth;
import io.kerf.station.Reviews;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.RecipeName;
import io.kerf.training.normals.GoldenSet;
import io.kerf.training.normals.GoldenSet.Golden;
import io.kerf.training.normals.Normal;
import io.kerf.training.normals.NormalPool;
import io.kerf.training.normals.Origin;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import io.kerf.web.people.Asker;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows what a recipe learns from and what its models must judge right, and lets people change it. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Normals", description = "The good parts a recipe learns from, and the golden set that every new model must judge right.")
public final class NormalResource {
  /** By what their files end in. */
  private static final Map<String, String> TYPES = Map.of("jpg", "image/jpeg", "jpeg", "image/jpeg", "png", "image/png", "bmp", "image/bmp", "tif", "image/tiff",
      "tiff", "image/tiff");

  private final RecipeImages images;
  private final Reviews reviews;
  private final Event<Changed> changes;
  private final Clock clock;
  private final Asker asker;

  NormalResource(RecipeImages images, Reviews reviews, Event<Changed> changes, Clock clock, Asker asker) {
    this.images = images;
    this.reviews = reviews;
    this.changes = changes;
    this.clock = clock;
    this.asker = asker;
  }

  /** @param presumed of them in quarantine: nobody has looked. @param doubtful of them found odd by the review: not learnt from */
  @Schema(name = "Normals")
  public record Normals(String recipe, long original, long confirmed, long presumed, long doubtful, long bytes, List<NormalView> items) {}

  @Schema(name = "Normal")
  public record NormalView(String id, Standing standing, @Schema(nullable = true) String inspection, @Schema(nullable = true) String lot,
      @Schema(nullable = true) Double pValue, Instant addedAt, String by, long bytes) {
    static NormalView of(Normal normal) {
      Origin origin = normal.origin();
      return new NormalView(normal.id(), normal.standing(), origin.inspection().orElse(null), origin.lot().orElse(null),
          origin.pValue().isPresent() ? origin.pValue().getAsDouble() : null, origin.addedAt(), origin.by(), normal.bytes());
    }
  }

  @Schema(name = "NormalWord")
  public record Word(@Schema(examples = "Ann Lee") String by) {}

  @Schema(name = "Golden")
  public record GoldenView(String id, Truth truth, @Schema(nullable = true) String inspection, Instant addedAt, String by) {
    static GoldenView of(Golden golden) {
      return new GoldenView(golden.id(), golden.truth(), golden.origin().inspection().orElse(null), golden.origin().addedAt(), golden.origin().by());
    }
  }

  @GET
  @Path("normals")
  @Operation(summary = "The good parts a recipe learns from")
  public Normals normals(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe) {
    List<Normal> all = images.normalsOf(recipe).map(NormalPool::all).orElse(List.of());
    return new Normals(recipe, count(all, Standing.ORIGINAL), count(all, Standing.CONFIRMED), count(all, Standing.PRESUMED), count(all, Standing.DOUBTFUL),
        all.stream().mapToLong(Normal::bytes).sum(), all.stream().map(NormalView::of).toList());
  }

  private static long count(List<Normal> all, Standing standing) {
    return all.stream().filter(normal -> normal.standing() == standing).count();
  }

  @GET
  @Path("normals/{id}/image")
  @Produces(MediaType.WILDCARD)
  @Operation(summary = "The image of a normal, as received")
  public Response image(@PathParam("id") String id, @QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe) {
    NormalPool pool = images.normalsOf(recipe).orElseThrow(() -> missing(id));
    Normal normal = pool.byId(id).orElseThrow(() -> missing(id));
    return file(normal.image(), pool.image(id).orElseThrow(() -> missing(id)));
  }

  /** @param name tells the kind of image; the bytes stay as they were received */
  private static Response file(java.nio.file.Path name, byte[] bytes) {
    String file = name.getFileName().toString();
    return Response.ok(bytes, TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM)).build();
  }

  @POST
  @Path("normals/{id}/confirm")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Say of a presumed or doubtful normal that it is good")
  public NormalView confirm(@PathParam("id") String id, @QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe, Word word) {
    if (word == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request has no body. Say who confirms it: {\"by\": \"…\"}.");
    }
    String by = Fields.by(asker, word.by(), "Say who confirms it.");
    NormalPool pool = images.normalsOf(recipe).orElseThrow(() -> missing(id));
    Normal normal = pool.byId(id).orElseThrow(() -> missing(id));
    if (normal.standing().trusted()) {
      return NormalView.of(normal);
    }
    Normal confirmed = pool.stand(id, Standing.CONFIRMED).orElseThrow(() -> missing(id));
    changes.fire(new Changed(clock.instant(), by, Action.NORMAL_CONFIRMED, recipe, id, ""));
    return NormalView.of(confirmed);
  }

  @DELETE
  @Path("normals/{id}")
  @Operation(summary = "Take a part from the normals", description = "Its image is deleted from them; the verdict on it stays on record.")
  public Response remove(@PathParam("id") String id, @QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe,
      @Parameter(description = "Who takes it from them, where nobody has logged in.") @QueryParam("by") String by) {
    String who = Fields.by(asker, by, "Say who takes the part from the normals, as a query parameter.");
    NormalPool pool = images.normalsOf(recipe).orElseThrow(() -> missing(id));
    Normal normal = pool.byId(id).orElseThrow(() -> missing(id));
    if (!pool.remove(id)) {
      throw missing(id);
    }
    changes.fire(new Changed(clock.instant(), who, Action.NORMAL_REMOVED, recipe, id, "was " + normal.standing()));
    return Response.noContent().build();
  }

  @GET
  @Path("golden")
  @Operation(summary = "The parts that every new model must judge right")
  public List<GoldenView> golden(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe) {
    return images.goldenOf(recipe).map(GoldenSet::all).orElse(List.of()).stream().map(GoldenView::of).toList();
  }

  @GET
  @Path("golden/{id}/image")
  @Produces(MediaType.WILDCARD)
  @Operation(summary = "The image of a golden part, as received")
  public Response goldenImage(@PathParam("id") String id, @QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe) {
    GoldenSet set = images.goldenOf(recipe).orElseThrow(() -> notGolden(id));
    Golden golden = set.byId(id).orElseThrow(() -> notGolden(id));
    return file(golden.image(), set.image(id).orElseThrow(() -> notGolden(id)));
  }

  @DELETE
  @Path("golden/{id}")
  @Operation(summary = "Take a part from the golden set",
      description = "Its image is deleted from it. Where it is there because somebody said of a judged part what it was, that word is taken back.")
  public Response removeGolden(@PathParam("id") String id, @QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe,
      @Parameter(required = true, description = "Who takes it from it.") @QueryParam("by") String by) {
    String who = Fields.by(asker, by, "Say who takes the part from the golden set, as a query parameter.");
    GoldenSet set = images.goldenOf(recipe).orElseThrow(() -> notGolden(id));
    Golden golden = set.byId(id).orElseThrow(() -> notGolden(id));
    Optional<Review> word = reviews.of(id).filter(said -> said.recipe().equals(recipe) && said.truth() == Truth.BAD).flatMap(said -> reviews.takeBack(id));
    set.remove(id);
    word.ifPresent(said -> changes.fire(new Changed(clock.instant(), who, Action.REVIEW_TAKEN_BACK, recipe, id, said.truth() + " said by " + said.by())));
    changes.fire(new Changed(clock.instant(), who, Action.GOLDEN_REMOVED, recipe, id, "was " + golden.truth()));
    return Response.noContent().build();
  }

  private static FaultException notGolden(String id) {
    return new FaultException(Fault.NOT_FOUND, "There is no golden part " + id + ": it never was, or has left the golden set.");
  }

  private static FaultException missing(String id) {
    return new FaultException(Fault.NOT_FOUND, "There is no normal " + id + ": it never was, or has left the pool.");
  }
}
