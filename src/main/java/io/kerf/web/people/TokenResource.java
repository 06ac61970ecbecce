package io.kerf.web.people;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.people.MachineToken;
import io.kerf.people.People;
import io.kerf.people.Secrets;
import io.kerf.storage.Changed.Action;
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
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets admins make and revoke tokens for machines: cameras, PLC gateways, scripts. */
@Path("/api/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "People")
public final class TokenResource {
  private final People people;
  private final Asker asker;
  private final Clock clock;

  TokenResource(People people, Asker asker, Clock clock) {
    this.people = people;
    this.asker = asker;
    this.clock = clock;
  }

  /** @param lastUsedAt null where it has not been used since the station started */
  @Schema(name = "MachineToken")
  public record View(String id, String name, String role, Instant addedAt, @Schema(nullable = true) Instant expiresAt, boolean expired,
      @Schema(nullable = true, description = "Since the station started.") Instant lastUsedAt) {}

  @Schema(name = "MachineTokens")
  public record All(List<View> items) {}

  @Schema(name = "MachineTokenWish")
  public record Wish(@Schema(examples = "camera 2") String name, @Schema(examples = "operator") String role,
      @Schema(nullable = true, description = "By the station's clock; it does not expire where this is absent.", examples = "2027-01-01T00:00:00Z") String expiresAt) {}

  /** @param token is kept nowhere and is told here alone */
  @Schema(name = "MachineTokenMade")
  public record Made(String id, String name, String token) {}

  @GET
  @Operation(summary = "The tokens there are", description = "Without the tokens themselves, which nobody can look up.")
  public All all() {
    return new All(people.roster().map(roster -> roster.tokens().stream().map(this::view).toList()).orElse(List.of()));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Make a token", description = "Tells it once.")
  @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Made.class)))
  public Response make(Wish wish) {
    if (wish == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request has no body. Say {\"name\": \"…\", \"role\": \"…\"}, and \"expiresAt\" where it is to expire.");
    }
    String token = Secrets.machineToken();
    MachineToken made = MachineToken.of(wish.name(), PeopleResource.role(wish.role()), token, clock.instant(), Optional.ofNullable(wish.expiresAt()).map(TokenResource::time));
    people.change(asker.known(), Action.TOKEN_ADDED, made.name(), made.summary(), roster -> roster.with(made));
    return Response.status(Response.Status.CREATED).entity(new Made(made.id(), made.name(), token)).build();
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Revoke a token", description = "It counts no longer from the next request on.")
  public Response revoke(@PathParam("id") String id) {
    MachineToken old = people.sound().token(id);
    people.change(asker.known(), Action.TOKEN_REVOKED, old.name(), old.id(), roster -> roster.revoked(id));
    return Response.noContent().build();
  }

  private View view(MachineToken token) {
    return new View(token.id(), token.name(), token.role().label(), token.addedAt(), token.expiresAt().orElse(null), token.expired(clock.instant()),
        people.lastUse(token.id()).orElse(null));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new FaultException(Fault.BAD_FIELD, "expiresAt is not valid. Use a time such as 2027-01-01T00:00:00Z.");
    }
  }
}
