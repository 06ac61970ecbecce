package io.kerf.web;

import io.kerf.config.document.DocumentDifference;
import io.kerf.config.document.DocumentProblem;
import io.kerf.config.document.DocumentReader;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.station.document.InForce;
import io.kerf.station.document.StationDocuments;
import io.kerf.storage.DataFolder;
import io.kerf.storage.DocumentFolder;
import io.kerf.storage.DocumentFolder.Version;
import io.kerf.web.people.Asker;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows the station document, those that were in force before, and puts another into force. */
@Path("/api/document")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Station document", description = "The one document that says what the station does.")
public final class DocumentResource {
  private static final String YAML = "application/yaml";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final StationDocuments documents;
  private final DocumentFolder folder;
  private final Asker asker;

  DocumentResource(StationDocuments documents, DataFolder data, Asker asker) {
    this.documents = documents;
    this.folder = new DocumentFolder(data.document());
    this.asker = asker;
  }

  /**
   * @param number from 1, one more with each document that came into force; 0 where nobody wrote one and the machine's settings hold
   * @param text as it was written; empty where nobody wrote one
   * @param refused why what was written last is not in force; null where it is
   */
  @Schema(name = "StationDocument")
  public record View(long number, @Schema(nullable = true) String digest, @Schema(nullable = true) Instant since, @Schema(nullable = true) String by,
      @Schema(nullable = true) String reason, String text, @Schema(nullable = true) Refused refused) {}

  /** @param digest of what was written */
  @Schema(name = "StationDocumentRefused")
  public record Refused(String digest, List<DocumentProblem> problems) {}

  /** @param problems everything that is wrong; none where it could be put into force. @param difference against the document in force, as a unified diff */
  @Schema(name = "StationDocumentCheck")
  public record Check(boolean valid, List<DocumentProblem> problems, String difference) {}

  /** One that was in force. */
  @Schema(name = "StationDocumentEntry")
  public record Entry(long number, String digest, Instant since, String by, String reason) {
    static Entry of(Version version) {
      return new Entry(version.number(), version.digest(), version.at(), version.by(), version.reason());
    }
  }

  /** @param difference against the one before, as a unified diff */
  @Schema(name = "StationDocumentVersion")
  public record Past(Entry entry, String text, String difference) {}

  @GET
  @Operation(summary = "The station document in force")
  public Response get() {
    InForce now = documents.inForce();
    Response.ResponseBuilder answer = Response.ok(view(now));
    return now.digest().map(digest -> answer.tag(digest)).orElse(answer).build();
  }

  @PUT
  @Consumes({YAML, MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(summary = "Put another station document into force",
      description = "The whole document, YAML or JSON. Followed at once, without a restart. Send the ETag of the document that it is a change of as If-Match, so that nobody's change is lost.")
  @APIResponse(responseCode = "200", description = "In force.", content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "400", description = "Not valid: everything that is wrong. The document in force stays.",
      content = @Content(schema = @Schema(implementation = Check.class)))
  @APIResponse(responseCode = "409", description = "Another document came into force meanwhile.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response put(InputStream body, @Context HttpServerRequest request, @Parameter(hidden = true) @HeaderParam(HttpHeaders.IF_MATCH) String instead,
      @Parameter(description = "Who asks for it, where nobody has logged in.") @QueryParam("by") String by,
      @Parameter(description = "For whoever asks later.") @QueryParam("reason") String reason) {
    String who = Fields.by(asker, by, "Say who asks for the change.");
    String why = Fields.label("reason", reason).orElse("");
    byte[] text = text(body, request);
    List<DocumentProblem> problems = StationDocuments.problems(text);
    if (!problems.isEmpty()) {
      return Response.status(Fault.DOCUMENT_INVALID.httpStatus()).entity(new Check(false, problems, "")).build();
    }
    Optional<String> believed = Optional.ofNullable(instead).map(tag -> tag.replace("\"", ""));
    InForce now = documents.replace(text, believed, who, why);
    return Response.ok(view(now)).tag(now.digest().orElseThrow()).build();
  }

  @POST
  @Path("check")
  @Consumes({YAML, MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(summary = "What is wrong with a document, and what it would change", description = "Changes nothing.")
  public Check check(InputStream body, @Context HttpServerRequest request) {
    byte[] text = text(body, request);
    List<DocumentProblem> problems = StationDocuments.problems(text);
    String now = documents.inForce().version().map(Version::text).orElse("");
    return new Check(problems.isEmpty(), problems, DocumentDifference.between(now, new String(text, StandardCharsets.UTF_8)));
  }

  @GET
  @Path("history")
  @Operation(summary = "The documents that were in force, newest first")
  public List<Entry> history() {
    return folder.history().stream().map(Entry::of).toList();
  }

  @GET
  @Path("history/{number}")
  @Operation(summary = "One document that was in force, and what it changed")
  public Past past(@PathParam("number") long number) {
    Version version = folder.version(number).orElseThrow(() -> new FaultException(Fault.NOT_FOUND,
        "There is no station document with the number " + number + ": it never was, or is older than those that are kept. GET /api/document/history lists them."));
    String before = folder.version(number - 1).map(Version::text).orElse("");
    return new Past(Entry.of(version), version.text(), DocumentDifference.between(before, version.text()));
  }

  @GET
  @Path("schema")
  @Produces("application/schema+json")
  @Operation(summary = "The JSON Schema of the document, for editors")
  public String schema() {
    return DocumentReader.schema();
  }

  private View view(InForce now) {
    Refused refused = documents.safeMode().map(why -> new Refused(why.digest(), why.problems())).orElse(null);
    Optional<Version> version = now.version();
    return new View(now.number(), now.digest().orElse(null), version.map(Version::at).orElse(null), version.map(Version::by).orElse(null),
        version.map(Version::reason).orElse(null), version.map(Version::text).orElse(""), refused);
  }

  private static FaultException tooLarge() {
    return new FaultException(Fault.DOCUMENT_INVALID, "The document has more than " + DocumentReader.MAX_BYTES + " bytes, so it was not read. The document in force stays.");
  }

  private static byte[] text(InputStream body, HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    long expected = length == null ? DocumentReader.MAX_BYTES : Long.parseLong(length);
    if (expected > DocumentReader.MAX_BYTES) {
      Body.drop(request, DocumentReader.MAX_BYTES);
      throw tooLarge();
    }
    try {
      return Body.read(body, expected, DocumentReader.MAX_BYTES, PATIENCE);
    } catch (FaultException e) {
      throw e.fault() == Fault.IMAGE_TOO_LARGE ? tooLarge() : e;
    }
  }
}
