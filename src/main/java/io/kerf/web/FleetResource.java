package io.kerf.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.FleetLife;
import io.kerf.fleet.envelope.Envelope;
import io.kerf.fleet.protocol.FleetStatus;
import io.kerf.fleet.protocol.Outcome;
import io.kerf.fleet.protocol.ReportState;
import io.kerf.fleet.trust.SignedTrust;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes envelopes from a plant that pushes, and shows where the fleet's document stands. Envelopes are authenticated by their signature alone. */
@Path("/api/fleet")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Fleet", description = "Where the document of this station's fleet stands, and taking a new one.")
public final class FleetResource {
  private final FleetLife fleet;
  private final ObjectMapper json;

  FleetResource(FleetLife fleet, ObjectMapper json) {
    this.fleet = fleet;
    this.json = json;
  }

  /** @param state {@code STAGED} where it will be put into force, {@code VALIDATED} for a dry run, {@code RECEIVED} where it is known already or waits for another */
  @Schema(name = "FleetReceipt")
  public record Receipt(String deploymentId, ReportState state, @Schema(nullable = true, description = "Of a dry run: what would change.") String difference) {}

  /** @param changed false where it is known already, or where versions between are missing */
  @Schema(name = "FleetTrustReceipt")
  public record TrustReceipt(long version, boolean changed) {}

  @GET
  @Operation(summary = "Where the fleet's document stands", description = "The deployment under way or the last one, the highest version seen, what is in force, drift, and the last ten reports.")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FleetStatus.class)))
  public JsonNode status() {
    return json.valueToTree(fleet.agent().status());
  }

  @PUT
  @Path("desired")
  @Consumes(Envelope.MEDIA_TYPE)
  @Operation(summary = "Take a signed document", description = "At most 256 KiB. Answers once it is staged or refused; its probation is reported later.")
  @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Receipt.class)))
  @APIResponse(responseCode = "409", description = "It is not for this station, not newer, or not in time. Nothing has changed.",
      content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response desired(InputStream body) throws IOException {
    Outcome outcome = fleet.agent().receive(body.readNBytes(Envelope.MAX_BYTES + 1));
    if (outcome instanceof Outcome.Refused refused) {
      throw new FaultException(refused.fault(), refused.detail());
    }
    return Response.accepted(receipt(outcome)).build();
  }

  private Receipt receipt(Outcome outcome) {
    if (outcome instanceof Outcome.DryRun dryRun) {
      return new Receipt(dryRun.payload().deploymentId(), ReportState.VALIDATED, dryRun.difference());
    }
    if (outcome instanceof Outcome.Accepted accepted) {
      String id = accepted.payload().deploymentId();
      boolean waits = fleet.agent().status().deployment().filter(deployment -> deployment.id().equals(id)).isEmpty();
      return new Receipt(id, waits ? ReportState.RECEIVED : ReportState.STAGED, null);
    }
    return new Receipt(((Outcome.Again) outcome).deploymentId(), ReportState.RECEIVED, null);
  }

  @PUT
  @Path("trust")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Take a trust document", description = "Signed by enough roots of the one in force and of itself. Those of versions ahead wait until the way to them is whole.")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TrustReceipt.class)))
  public TrustReceipt trust(InputStream body) throws IOException {
    byte[] document = body.readNBytes(SignedTrust.MAX_BYTES + 1);
    if (document.length == 0) {
      throw new FaultException(Fault.FLEET_TRUST_INVALID, "The request has no body. Send the trust document that kerf fleet trust has made.");
    }
    boolean changed = fleet.agent().receiveTrust(document);
    return new TrustReceipt(fleet.agent().trustVersion(), changed);
  }
}
