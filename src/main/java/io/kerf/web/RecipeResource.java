package io.kerf.web;

import io.kerf.config.document.RecipeSection;
import io.kerf.config.document.RecipeText;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.station.document.StationDocuments;
import io.kerf.station.learning.Learner;
import io.kerf.station.recipe.RecipeBook;
import io.kerf.station.recipe.RecipeKeeper;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.DataFolder;
import io.kerf.storage.DocumentFolder.Version;
import io.kerf.storage.RecipeName;
import io.kerf.training.recipe.RecipeExport;
import io.kerf.training.recipe.RecipeFolders;
import io.kerf.web.people.Asker;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists the recipes of the station, changes which one is in use, and moves whole ones. */
@Path("/api/recipes")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Recipes", description = "The products this station inspects, and which of them is in use.")
public final class RecipeResource {
  private static final String ZIP = "application/zip";
  private static final String WHO = "Say who asks for the change.";

  private final RecipeBook book;
  private final RecipeKeeper keeper;
  private final RecipeFolders folders;
  private final ActiveModels models;
  private final Learner learner;
  private final StationDocuments documents;
  private final DataFolder data;
  private final Clock clock;
  private final Event<Changed> changes;
  private final Asker asker;
  /** Exports and imports take disk and network for minutes: one at a time leaves the line its share. */
  private final Semaphore turn = new Semaphore(1);

  RecipeResource(RecipeBook book, RecipeKeeper keeper, RecipeFolders folders, ActiveModels models, Learner learner, StationDocuments documents, DataFolder data, Clock clock,
      Event<Changed> changes, Asker asker) {
    this.book = book;
    this.keeper = keeper;
    this.folders = folders;
    this.models = models;
    this.learner = learner;
    this.documents = documents;
    this.data = data;
    this.clock = clock;
    this.changes = changes;
    this.asker = asker;
  }

  /** @param by who asks for it. @param to name of the copy; for a copy alone */
  @Schema(name = "RecipeWish")
  public record Wish(@Schema(examples = "Ann Lee") String by, @Schema(nullable = true, examples = "flange-50") String to) {}

  @GET
  @Operation(summary = "The recipes", description = "Those of the station document, in its order, then those that have a folder alone.")
  public List<RecipeView> list() {
    return book.names().stream().map(this::view).toList();
  }

  private RecipeView view(String recipe) {
    RecipeSection section = book.section(recipe);
    RecipeBook.InUse present = book.present();
    boolean inUse = present.recipe().equals(recipe);
    RecipeFolders.Counts counts = folders.counts(recipe);
    return new RecipeView(recipe, section.title().orElse(null), section.number().isPresent() ? section.number().getAsInt() : null, section.partIds().orElse(null),
        documents.document().recipes().containsKey(recipe), inUse, inUse ? present.since() : null, inUse ? present.by() : null,
        models.known(recipe).map(BundleStore.Listed::digest).orElse(null), models.current(recipe).isPresent(), counts.normals(), counts.golden(), keeper.conditions(recipe));
  }

  @POST
  @Path("{name}/use")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Use a recipe from the next part on",
      description = "Its model is loaded first. One whose model cannot be loaded is used all the same, and its parts are UNJUDGED: `note` says why.")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RecipeView.Used.class)))
  @APIResponse(responseCode = "404", description = "There is no such recipe. Nothing has changed.",
      content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public RecipeView.Used use(@PathParam("name") String name, Wish wish) {
    RecipeBook.Used used = book.use(name, by(wish));
    return new RecipeView.Used(used.now().recipe(), used.now().since(), used.now().by(), used.changed(), used.objection().orElse(null));
  }

  @POST
  @Path("{name}/copy")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Make a copy of a recipe", description = "Its model in use and the one before, normals and golden parts.")
  @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = RecipeView.Made.class)))
  @APIResponse(responseCode = "409", description = "There is a recipe of that name, or the model is damaged.",
      content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response copy(@PathParam("name") String name, Wish wish) {
    String by = by(wish);
    if (wish.to() == null) {
      throw new FaultException(Fault.BAD_FIELD, "to is missing. Give the name of the new recipe.");
    }
    folders.copy(name, wish.to(), by);
    tell(by, Action.RECIPE_COPIED, wish.to(), name);
    return made(wish.to(), section(name));
  }

  @GET
  @Path("{name}/export")
  @Produces(ZIP)
  @Operation(summary = "A recipe as one file",
      description = "Models, normals, golden parts, and what the station document says of it. A file that is cut short is refused when it is imported.")
  @APIResponse(responseCode = "200", content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response export(@PathParam("name") String name) {
    if (turn.availablePermits() == 0) {
      throw busy();
    }
    RecipeExport export = folders.export(name, section(name));
    return Response.ok((StreamingOutput) out -> write(export, out), ZIP).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".kerf-recipe.zip\"").build();
  }

  /** The turn is taken here, as not every answer is written: not that to HEAD, nor that to a caller who has gone. */
  private void write(RecipeExport export, OutputStream out) throws IOException {
    if (!turn.tryAcquire()) {
      throw new IOException(busy().detail());
    }
    try {
      export.write(out);
    } finally {
      turn.release();
    }
  }

  @POST
  @Path("import")
  @Consumes({ZIP, MediaType.APPLICATION_OCTET_STREAM})
  @Operation(summary = "Make a recipe of an exported file",
      description = "The body is the file. Every byte is verified before the recipe appears; the station document stays as it is, and the answer has what belongs there.")
  @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = RecipeView.Made.class)))
  @APIResponse(responseCode = "400", description = "It is no whole recipe. Nothing has changed.",
      content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "409", description = "There is a recipe of that name.",
      content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response importFile(InputStream body, @Parameter(description = "Of the new recipe; as it was exported when absent.") @QueryParam("name") String name,
      @Parameter(description = "Who asks for it.") @QueryParam("by") String by) {
    String who = Fields.by(asker, by, WHO);
    if (!turn.tryAcquire()) {
      throw busy();
    }
    try {
      RecipeFolders.Imported imported = folders.importFrom(body, Optional.ofNullable(name), who);
      tell(who, Action.RECIPE_IMPORTED, imported.recipe(), imported.exportedAs());
      return made(imported.recipe(), imported.section());
    } finally {
      turn.release();
    }
  }

  @DELETE
  @Path("{name}")
  @Operation(summary = "Remove a recipe", description = "With its models, normals and golden parts; never the one in use. Verdicts on record stay.")
  @APIResponse(responseCode = "204", description = "Removed.")
  @APIResponse(responseCode = "409", description = "It is in use, or learning.",
      content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public void remove(@PathParam("name") String name, @Parameter(description = "Who asks for it.") @QueryParam("by") String by) {
    String who = Fields.by(asker, by, WHO);
    if (learner.isLearning(RecipeName.require(name))) {
      throw new FaultException(Fault.LEARNING_REFUSED, "Recipe " + name + " is learning now, so it was not removed. Cancel that, or wait for its end.");
    }
    folders.remove(name, book.inUse());
    keeper.tick(data.recipes());
    tell(who, Action.RECIPE_REMOVED, name, "");
  }

  private String section(String recipe) {
    return RecipeText.of(documents.inForce().version().map(Version::text).orElse(""), recipe);
  }

  private Response made(String recipe, String section) {
    RecipeFolders.Counts counts = folders.counts(recipe);
    return Response.created(URI.create("/api/recipes")).entity(new RecipeView.Made(recipe, models.known(recipe).map(BundleStore.Listed::digest).orElse(null), counts.normals(),
        counts.golden(), RecipeText.named(recipe, section))).build();
  }

  private static FaultException busy() {
    return new FaultException(Fault.BUSY, "Another recipe is being exported or imported. Try again when it is through.");
  }

  private void tell(String by, Action action, String recipe, String subject) {
    changes.fire(new Changed(clock.instant(), by, action, recipe, subject, ""));
  }

  private String by(Wish wish) {
    if (wish == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request has no body. Say who asks for the change: {\"by\": \"…\"}.");
    }
    return Fields.by(asker, wish.by(), WHO);
  }
}
