package io.kerf.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.Activation;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.Manifest;
import io.kerf.model.Swap;
import io.kerf.station.document.StationSettings;
import io.kerf.storage.DataFolder;
import io.kerf.storage.RecipeName;
import io.kerf.web.people.Asker;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists the models of a recipe, shows how they were made, and changes which one is in use. */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Models", description = "Which models there are, which is in use since when, and change that without a pause.")
public final class ModelResource {
  private static final String DIGEST = "The digest, or enough of its beginning.";

  private final ActiveModels models;
  private final StationSettings settings;
  private final DataFolder folder;
  private final ObjectMapper json;
  private final Asker asker;

  ModelResource(ActiveModels models, StationSettings settings, DataFolder folder, ObjectMapper json, Asker asker) {
    this.models = models;
    this.settings = settings;
    this.folder = folder;
    this.json = json;
    this.asker = asker;
  }

  /** @param inUse digest of the model in use; null where there is none. @param previous what a rollback returns to; null where there is none */
  @Schema(name = "Models")
  public record Models(String recipe, @Schema(nullable = true) String inUse, @Schema(nullable = true) String previous, List<Model> items) {}

  /** @param manifest what it was made of and how */
  @Schema(name = "Model")
  public record Model(String digest, boolean inUse, Manifest manifest) {}

  /** @param report how the training went: curve, evidence, reasons; as the training wrote it */
  @Schema(name = "ModelDetails")
  public record Details(String digest, boolean inUse, Manifest manifest, JsonNode report) {}

  /** @param differences by path in the details; lists of numbers, such as the curve, are left to whoever looks at the details */
  @Schema(name = "ModelComparison")
  public record Comparison(Details first, Details second, List<Differences.Difference> differences) {}

  /** @param by who asks for it. @param reason for whoever asks later */
  @Schema(name = "ModelChange")
  public record Wish(@Schema(examples = "Ann Lee") String by, @Schema(nullable = true, examples = "fewer false rejects on lot 48") String reason,
      @Schema(nullable = true, description = "Whether to use it even where it misses golden bad parts that the model in use finds.") Boolean anyway) {
    Change change(Asker asker) {
      return new Change(Fields.by(asker, by, "Say who asks for the change."), Fields.label("reason", reason).orElse(""));
    }
  }

  /** @param changed false where it was in use already. @param replaced the digest in use before; null where there was none or nothing changed */
  @Schema(name = "ModelChanged")
  public record Changed(String inUse, boolean changed, @Schema(nullable = true) String replaced) {}

  @GET
  @Operation(summary = "The models of a recipe, newest first")
  public Models list(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe) throws IOException {
    BundleStore store = store(recipe);
    Optional<Activation> active = store.active();
    return new Models(recipe, active.map(Activation::digest).orElse(null), active.flatMap(Activation::previous).orElse(null),
        store.list().stream().map(listed -> new Model(listed.digest(), listed.active(), listed.manifest())).toList());
  }

  @GET
  @Path("history")
  @Operation(summary = "Which models were in use, since when, by whom and why; oldest first")
  public List<Activation> history(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe) throws IOException {
    return store(recipe).history();
  }

  @GET
  @Path("compare")
  @Operation(summary = "Two models side by side", description = "What differs in how they were made and in what they reached, with both values.")
  public Comparison compare(@Parameter(description = DIGEST) @QueryParam("first") String first, @Parameter(description = DIGEST) @QueryParam("second") String second,
      @QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe) throws IOException {
    if (first == null || second == null) {
      throw new FaultException(Fault.BAD_FIELD, "first or second is missing. Give the digests of the two models to compare.");
    }
    Details one = one(first, recipe);
    Details other = one(second, recipe);
    return new Comparison(one, other, Differences.between(json.valueToTree(one), json.valueToTree(other)));
  }

  @GET
  @Path("{digest}")
  @Operation(summary = "How one model was made", description = "Verified byte by byte before it is shown.")
  public Details one(@Parameter(description = DIGEST) @PathParam("digest") String digest,
      @QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe) throws IOException {
    BundleStore store = store(recipe);
    var bundle = store.load(store.resolve(digest));
    boolean inUse = store.active().map(Activation::digest).filter(bundle.digest()::equals).isPresent();
    return new Details(bundle.digest(), inUse, bundle.manifest(), json.readTree(Files.readAllBytes(bundle.folder().resolve(Manifest.REPORT))));
  }

  @POST
  @Path("{digest}/activate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Use a model from now on",
      description = "Verified, loaded, warmed and shown the golden bad parts before the change; parts that are being judged end with the model they began with. Answers when it is in use.")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Changed.class)))
  @APIResponse(responseCode = "409", description = "It is damaged, misses a golden bad part that the model in use finds, or parts still hold the model before the present one. Nothing has changed.",
      content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Changed activate(@Parameter(description = DIGEST) @PathParam("digest") String digest,
      @QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe, Wish wish) throws IOException {
    Change change = wished(wish);
    String whole = store(recipe).resolve(digest);
    if (!settings.pinned(recipe).equals(Optional.of(whole))) {
      settings.requireUnpinned(recipe);
    }
    return changed(Boolean.TRUE.equals(wish.anyway()) ? models.activateAnyway(recipe, whole, change) : models.activate(recipe, whole, change));
  }

  @POST
  @Path("rollback")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Use the model again that was in use before")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Changed.class)))
  @APIResponse(responseCode = "409", description = "There is none, or it cannot be used. Nothing has changed.",
      content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Changed rollBack(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe, Wish wish) {
    Change change = wished(wish);
    settings.requireUnpinned(RecipeName.require(recipe));
    return changed(models.rollBack(recipe, change));
  }

  private Change wished(Wish wish) {
    if (wish == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request has no body. Say who asks for the change: {\"by\": \"…\", \"reason\": \"…\"}.");
    }
    return wish.change(asker);
  }

  private static Changed changed(Swap swap) {
    if (swap instanceof Swap.Done done) {
      return new Changed(done.digest(), true, done.replaced().orElse(null));
    }
    if (swap instanceof Swap.Unchanged unchanged) {
      return new Changed(unchanged.digest(), false, null);
    }
    Swap.Refused refused = (Swap.Refused) swap;
    throw new FaultException(refused.fault(), refused.detail());
  }

  private BundleStore store(String recipe) {
    return new BundleStore(folder.models(recipe));
  }
}
