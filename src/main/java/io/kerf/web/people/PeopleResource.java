package io.kerf.web.people;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.people.Account;
import io.kerf.people.Passwords;
import io.kerf.people.People;
import io.kerf.people.Role;
import io.kerf.storage.Changed.Action;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets admins say who may do what. */
@Path("/api/people")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "People")
public final class PeopleResource {
  private final People people;
  private final Passwords passwords;
  private final Asker asker;
  private final Clock clock;

  PeopleResource(People people, Passwords passwords, Asker asker, Clock clock) {
    this.people = people;
    this.passwords = passwords;
    this.asker = asker;
    this.clock = clock;
  }

  @Schema(name = "Person")
  public record View(String name, String role, Instant addedAt) {
    static View of(Account account) {
      return new View(account.name(), account.role().label(), account.addedAt());
    }
  }

  @Schema(name = "People")
  public record All(List<View> items) {}

  @Schema(name = "PersonWish")
  public record Wish(@Schema(examples = "Ann Lee") String name, @Schema(examples = "operator", description = "viewer, operator, engineer or admin.") String role,
      @Schema(description = "At least ten characters.") String password) {}

  @Schema(name = "PersonChange")
  public record Change(@Schema(nullable = true) String role, @Schema(nullable = true, description = "At least ten characters.") String password) {}

  @GET
  @Operation(summary = "Who may log in")
  public All all() {
    return new All(people.roster().map(roster -> roster.people().stream().map(View::of).toList()).orElse(List.of()));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Let somebody in")
  @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = View.class)))
  public Response add(Wish wish) {
    if (wish == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request has no body. Say {\"name\": \"…\", \"role\": \"…\", \"password\": \"…\"}.");
    }
    Role role = role(wish.role());
    people.sound();
    Account account = Account.of(wish.name(), role, passwords.hash(wish.password()), clock.instant());
    people.change(asker.known(), Action.PERSON_ADDED, account.name(), role.label(), roster -> roster.with(account));
    return Response.status(Response.Status.CREATED).entity(View.of(account)).build();
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Give somebody another role, another password or both", description = "Ends their sessions. The last admin stays one.")
  public View change(@PathParam("name") String name, Change change) {
    if (change == null || change.role() == null && change.password() == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request changes nothing. Say {\"role\": \"…\"}, {\"password\": \"…\"} or both.");
    }
    Optional<Role> role = Optional.ofNullable(change.role()).map(PeopleResource::role);
    Account old = people.sound().required(name);
    Optional<String> hash = Optional.ofNullable(change.password()).map(passwords::hash);
    String what = role.map(value -> "role " + value.label()).orElse("") + (role.isPresent() && hash.isPresent() ? ", " : "") + hash.map(set -> "password").orElse("");
    return View.of(people.change(asker.known(), Action.PERSON_CHANGED, old.name(), what, roster -> roster.changed(name,
        person -> Account.of(person.name(), role.orElse(person.role()), hash.orElse(person.password()), person.addedAt()))).required(name));
  }

  @DELETE
  @Path("{name}")
  @Operation(summary = "Let somebody in no longer", description = "Ends their sessions. The last admin stays.")
  public Response remove(@PathParam("name") String name) {
    Account old = people.sound().required(name);
    people.change(asker.known(), Action.PERSON_REMOVED, old.name(), "was " + old.role().label(), roster -> roster.without(name));
    return Response.noContent().build();
  }

  /** @throws FaultException {@link Fault#BAD_FIELD} */
  static Role role(String label) {
    return Role.of(label).orElseThrow(() -> new FaultException(Fault.BAD_FIELD, "role is not valid. Use one of "
        + Arrays.stream(Role.values()).map(Role::label).collect(Collectors.joining(", ")) + "."));
  }
}
