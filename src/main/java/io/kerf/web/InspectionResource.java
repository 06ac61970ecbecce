package io.kerf.web;

import io.kerf.config.KerfConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Frame;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.Inspector;
import io.kerf.inspection.store.Cursor;
import io.kerf.inspection.store.EvidenceState;
import io.kerf.inspection.store.InspectionFilter;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.SearchPage;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.station.line.InspectionView;
import io.kerf.station.line.RecipeChoice;
import io.kerf.station.recipe.ModelsAtHand;
import io.kerf.station.source.Sources;
import io.kerf.storage.RecipeName;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Judges parts and tells of those that were judged. */
@Path("/api/inspections")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Inspections", description = "Judge parts, and see those that were judged.")
public final class InspectionResource {
  private static final int A_YEAR_SECONDS = 31_536_000;

  private final Inspector inspector;
  private final RecipeChoice recipes;
  private final ModelsAtHand models;
  private final InspectionStore store;
  private final Admission admission;
  private final Sources sources;
  private final KerfConfig config;
  private final Clock clock;

  InspectionResource(Inspector inspector, RecipeChoice recipes, ModelsAtHand models, InspectionStore store, Admission admission, Sources sources, KerfConfig config,
      Clock clock) {
    this.inspector = inspector;
    this.recipes = recipes;
    this.models = models;
    this.store = store;
    this.admission = admission;
    this.sources = sources;
    this.config = config;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Judge a part",
      description = "Send the encoded image (JPEG, PNG, BMP, TIFF) as the body, with the fields as query parameters; or a form with the image as "
          + "part `image` and the fields as text. Answers when the verdict is recorded. An image that cannot be judged (dark, blurred, no model) is "
          + "not an error: its verdict is UNJUDGED, with the reason.")
  @RequestBody(required = true, content = {
      @Content(mediaType = "image/*", schema = @Schema(type = SchemaType.STRING, format = "binary")),
      @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM,
          schema = @Schema(type = SchemaType.STRING, format = "binary")),
      @Content(mediaType = MediaType.MULTIPART_FORM_DATA, schema = @Schema(implementation = UploadForm.class))})
  @APIResponse(responseCode = "201", description = "Judged and recorded; Location says where.",
      content = @Content(schema = @Schema(implementation = InspectionView.class)))
  @APIResponse(responseCode = "400", description = "No image, no readable image, or a field that is not valid.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "409", description = "This way is switched off.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "413", description = "The image has too many bytes or pixels.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "415", description = "Not an image, or not a kind that is supported.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "503", description = "Too many parts at once; see Retry-After.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response inspect(
      InputStream body,
      @Context HttpServerRequest request,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length,
      @Parameter(description = "Serial number of the part, at most 128 characters.") @QueryParam("partId") String partId,
      @Parameter(description = "Lot of the part, at most 128 characters.") @QueryParam("lot") String lot,
      @Parameter(description = "The product; when absent the one whose pattern the part's id fits, else the one in use.") @QueryParam("recipe") String recipe) {
    if (!sources.takesHttp()) {
      throw new FaultException(Fault.SOURCE_OFF, "The station document says sources.http.enabled: false, so the part was not judged. Send it the way that this station uses.");
    }
    boolean form = isForm(contentType);
    long maxImageBytes = config.image().maxBytes().asLongValue();
    long maxBodyBytes = maxImageBytes + (form ? Upload.FORM_BYTES : 0);
    long expectedBytes = length == null ? maxBodyBytes : length;
    return admission.atHand(Math.min(expectedBytes, maxBodyBytes), () -> {
      if (expectedBytes > maxBodyBytes) {
        Body.drop(request, maxBodyBytes);
        throw Body.tooLarge(maxImageBytes);
      }
      byte[] bytes = Body.read(body, expectedBytes, maxBodyBytes, config.inspections().uploadTime());
      Upload upload = form ? Upload.form(bytes, contentType) : Upload.bare(bytes);
      if (upload.image().length > maxImageBytes) {
        throw Body.tooLarge(maxImageBytes);
      }
      Frame frame = frame(upload, partId, lot, recipe);
      // A part that waits for its model takes no turn of one that need not.
      models.ready(frame.recipe());
      return created(admission.inTurn(() -> inspector.inspect(frame)));
    });
  }

  @GET
  @Operation(summary = "Parts judged, newest first",
      description = "Every combination of fields answers quickly: a page looks at a bounded number of records. It may be short for that, or empty, and then has `next` "
          + "and `lookedUntil`: ask on with `before`. Parts are in the order of judgement, or of capture where `from` or `until` is given.")
  public InspectionView.Page page(
      @Parameter(description = "1 to 500; 50 when absent.") @QueryParam("limit") String limit,
      @Parameter(description = "`next` of the page before, of a search with the same fields.") @QueryParam("before") String before,
      @BeanParam SearchParameters search) {
    InspectionFilter filter = search.filter(clock.getZone());
    SearchPage page = store.search(filter, Fields.cursor(before, filter), Fields.limit(limit));
    return new InspectionView.Page(page.items().stream().map(this::view).toList(), page.next().map(Cursor::text).orElse(null), page.lookedUntil().orElse(null));
  }

  @GET
  @Path("latest")
  @Operation(summary = "The part judged last")
  @APIResponse(responseCode = "404", description = "Nothing was judged yet.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public InspectionView latest(@QueryParam("recipe") String recipe) {
    return store.latest(Optional.ofNullable(recipe).map(RecipeName::require)).map(this::view)
        .orElseThrow(() -> new FaultException(Fault.NOT_FOUND, "Nothing was judged yet" + (recipe == null ? "." : " of recipe " + recipe + ".")));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "One part judged")
  public InspectionView one(@PathParam("id") String id) {
    return view(stored(id));
  }

  @GET
  @Path("{id}/heat-map")
  @Produces("image/png")
  @Operation(summary = "Where a part is odd", description = "An overlay in the frame of the image: the more opaque, the odder.")
  public Response heatMap(@PathParam("id") String id, @Context Request request) {
    StoredInspection stored = stored(id);
    if (stored.evidence().isPresent() && !stored.hasHeatMap()) {
      throw new FaultException(Fault.NOT_FOUND, "Inspection " + id + " has no heat map: its verdict is " + stored.inspection().verdict() + ".");
    }
    return file(stored, request, "-heat", "image/png", () -> store.heatMap(stored));
  }

  @GET
  @Path("{id}/image")
  @Produces(MediaType.WILDCARD)
  @Operation(summary = "The image of a part, as received")
  public Response image(@PathParam("id") String id, @Context Request request) {
    StoredInspection stored = stored(id);
    String type = stored.evidence().map(StoredInspection.Evidence::imageType).orElse(MediaType.APPLICATION_OCTET_STREAM);
    return file(stored, request, "", type, () -> store.image(stored));
  }

  private Frame frame(Upload upload, String partId, String lot, String recipe) {
    Optional<String> product = Optional.ofNullable(upload.fields().getOrDefault("recipe", recipe)).filter(name -> !name.isBlank());
    Optional<String> part = Fields.label("partId", upload.fields().getOrDefault("partId", partId));
    return new Frame(upload.image(), recipes.forPart(product, part), part,
        Fields.label("lot", upload.fields().getOrDefault("lot", lot)),
        Sources.HTTP, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private Response created(Inspection inspection) {
    Optional<StoredInspection.Evidence> evidence = store.byId(inspection.id()).flatMap(StoredInspection::evidence);
    return Response.created(URI.create(InspectionView.PATH + inspection.id())).entity(view(new StoredInspection(inspection, evidence, false))).build();
  }

  private InspectionView view(StoredInspection stored) {
    return InspectionView.of(stored, store.evidenceState(stored));
  }

  private StoredInspection stored(String id) {
    return Optional.of(id).filter(InspectionIds::isValid).flatMap(store::byId)
        .orElseThrow(() -> new FaultException(Fault.NOT_FOUND, "There is no such inspection: it never was, or is older than the records that are kept."));
  }

  /** Never changes, so that a page asks once. */
  private Response file(StoredInspection stored, Request request, String suffix, String type, Supplier<Optional<byte[]>> bytes) {
    EntityTag tag = new EntityTag(stored.inspection().id() + suffix);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    CacheControl cache = new CacheControl();
    cache.setMaxAge(A_YEAR_SECONDS);
    cache.getCacheExtension().put("immutable", null);
    if (unchanged != null) {
      return unchanged.cacheControl(cache).tag(tag).build();
    }
    byte[] found = bytes.get().orElseThrow(() -> gone(stored, store.evidenceState(stored)));
    return Response.ok(found, type).cacheControl(cache).tag(tag).build();
  }

  /** A file that is there and has another size than on record was cut short by a loss of power. */
  private static FaultException gone(StoredInspection stored, EvidenceState state) {
    String why = state == EvidenceState.KEPT ? "A file of it is damaged." : state.sentence();
    return new FaultException(Fault.NOT_FOUND, "Inspection " + stored.inspection().id() + ": " + why + " The verdict itself is on record.");
  }

  private static boolean isForm(String contentType) {
    String type = contentType == null ? MediaType.APPLICATION_OCTET_STREAM : contentType.toLowerCase(Locale.ROOT).strip();
    if (type.startsWith(MediaType.MULTIPART_FORM_DATA)) {
      return true;
    }
    if (type.startsWith("image/") || type.startsWith(MediaType.APPLICATION_OCTET_STREAM)) {
      return false;
    }
    throw new FaultException(Fault.MEDIA_TYPE_UNSUPPORTED,
        "The request says it is something else than an image. Send it with a Content-Type of image/jpeg (or another image), application/octet-stream or multipart/form-data.");
  }

  /** For the description of the interface alone. */
  @Schema(name = "InspectionForm")
  record UploadForm(@Schema(format = "binary", type = SchemaType.STRING, description = "The encoded image.") byte[] image, String partId, String lot,
      String recipe) {}
}
