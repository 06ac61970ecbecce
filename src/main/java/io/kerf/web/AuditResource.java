package io.kerf.web;

import io.kerf.audit.AuditChain;
import io.kerf.audit.AuditEntry;
import io.kerf.audit.AuditObserver;
import io.kerf.audit.AuditQuery;
import io.kerf.audit.AuditTrail;
import io.kerf.storage.RecipeName;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells who changed what, and whether that is what was written. */
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Audit", description = "Who changed what, when and why, in a chain of hashes.")
public final class AuditResource {
  private final AuditTrail trail;
  private final AuditObserver observer;

  AuditResource(AuditTrail trail, AuditObserver observer) {
    this.trail = trail;
    this.observer = observer;
  }

  /** @param next to be given as {@code before} for the page after; null on the last */
  @Schema(name = "AuditPage")
  public record Page(List<Entry> items, @Schema(nullable = true) Long next) {}

  /** @param recipe null where the change is of the whole station. @param subject the digest of a bundle or the id of a part; may be null */
  @Schema(name = "AuditEntry")
  public record Entry(long number, Instant at, String by, @Schema(examples = "model-activated") String action, @Schema(nullable = true) String recipe,
      @Schema(nullable = true) String subject, @Schema(nullable = true) String detail, String previous, String hash) {
    static Entry of(AuditEntry entry) {
      return new Entry(entry.number(), entry.at(), entry.by(), entry.action(), filled(entry.recipe()), filled(entry.subject()), filled(entry.detail()),
          entry.previous(), entry.hash());
    }

    private static String filled(String text) {
      return text.isEmpty() ? null : text;
    }
  }

  /**
   * @param entries how many there are; null where the chain is broken
   * @param head hash of the last; null where the chain is broken
   * @param problem CHANGED, MISSING, REORDERED or HEAD_MISSING; null where it is intact
   * @param brokenAt number of the first entry that is wrong; null where none is
   * @param lost changes since the station started that could not be written
   */
  @Schema(name = "AuditVerification")
  public record Verified(boolean intact, @Schema(nullable = true) Long entries, @Schema(nullable = true) String head,
      @Schema(nullable = true) String problem, @Schema(nullable = true) Long brokenAt, @Schema(nullable = true) String detail, long lost) {}

  @GET
  @Operation(summary = "Changes, newest first")
  public Page page(
      @QueryParam("recipe") String recipe,
      @Parameter(description = "1 to 500; 50 when absent.") @QueryParam("limit") String limit,
      @Parameter(description = "Only entries before this number: `next` of the page before.") @QueryParam("before") String before) {
    AuditQuery query = new AuditQuery(Fields.limit(limit), Fields.beforeNumber(before), Optional.ofNullable(recipe).map(RecipeName::require), Optional.empty());
    List<Entry> items = trail.page(query).stream().map(Entry::of).toList();
    return new Page(items, items.size() < query.limit() ? null : items.get(items.size() - 1).number());
  }

  @GET
  @Path("verify")
  @Operation(summary = "Whether the trail is what was written", description = "Reads all of it through. Keep count and head elsewhere: against a head that was "
      + "kept, a trail that was cut off or written anew shows.")
  public Verified verify(@Parameter(description = "A head that was kept, to be looked for.") @QueryParam("head") String head) {
    AuditChain.Finding finding = trail.verify(Optional.ofNullable(head));
    long lost = observer.lost();
    if (finding instanceof AuditChain.Intact intact) {
      return new Verified(true, intact.entries(), intact.head(), null, null, null, lost);
    }
    if (finding instanceof AuditChain.HeadMissing missing) {
      return new Verified(false, missing.entries(), missing.head(), "HEAD_MISSING", null, missing.sentence(), lost);
    }
    AuditChain.Broken broken = (AuditChain.Broken) finding;
    return new Verified(false, null, null, broken.kind().name(), broken.number(), broken.sentence(), lost);
  }
}
