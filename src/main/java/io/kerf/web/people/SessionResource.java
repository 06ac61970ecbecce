package io.kerf.web.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.people.Caller;
import io.kerf.people.Logins;
import io.kerf.people.Logins.Outcome;
import io.kerf.people.People;
import io.kerf.people.Sessions;
import io.kerf.people.tls.StationTls;
import io.kerf.web.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets people in and out, and says who somebody is here. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "People", description = "Who may do what: logging in, people, tokens for machines.")
public final class SessionResource {
  private final People people;
  private final Logins logins;
  private final Sessions sessions;
  private final StationNow station;
  private final Asker asker;

  SessionResource(People people, Logins logins, Sessions sessions, StationNow station, Asker asker) {
    this.people = people;
    this.logins = logins;
    this.sessions = sessions;
    this.station = station;
    this.asker = asker;
  }

  /**
   * @param who null for anybody. @param kind of {@code who}. @param csrf for the header X-CSRF-Token of each change; null where nobody has logged in
   * @param secretsWelcome whether a password may be sent the way that this request came. @param problem what is wrong with the file of people
   */
  @Schema(name = "Session")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record View(boolean claimed, @Schema(nullable = true) String who, Kind kind, @Schema(nullable = true) String role, @Schema(nullable = true) String csrf,
      boolean openViewing, boolean secretsWelcome, @Schema(nullable = true) String problem, @Schema(nullable = true) TlsView tls) {}

  /** What a caller is known as. */
  @Schema(name = "CallerKind")
  public enum Kind {
    ANYBODY,
    LOCAL,
    PERSON,
    MACHINE
  }

  /** @param fingerprint SHA-256 of the certificate, to be compared with what a browser shows; null where there is none. @param problem what is wrong with it */
  @Schema(name = "SessionTls")
  public record TlsView(@Schema(nullable = true) Integer port, @Schema(nullable = true) String fingerprint, @Schema(nullable = true) String problem) {}

  @Schema(name = "Login")
  public record Login(@Schema(examples = "Ann Lee") String name, String password) {}

  @Schema(name = "ClaimWish")
  public record ClaimWish(@Schema(examples = "K7QM-2RXH", description = "From the station's log or label.") String code, @Schema(examples = "Ann Lee") String name,
      @Schema(description = "At least ten characters.") String password) {}

  @Schema(name = "PasswordChange")
  public record PasswordChange(String old, @Schema(description = "At least ten characters.") String password) {}

  @GET
  @Path("session")
  @Operation(summary = "Who you are here", description = "And whether the station has been claimed, whether everybody may look on, and by which certificate it is reached.")
  public Response show() {
    AccessFilter.Admitted ask = asker.ask();
    return Response.ok(view(ask, ask.caller(), ask.session())).cacheControl(noStore()).build();
  }

  @POST
  @Path("session")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Log in", description = "Answers with the cookie of a session. Over TLS, or on the machine itself.")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "401", description = "Name and password do not fit.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "429", description = "Too many wrong attempts; see Retry-After.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response logIn(Login login) {
    Login given = present(login, "{\"name\": \"…\", \"password\": \"…\"}");
    AccessFilter.Admitted ask = asker.ask();
    return answered(logins.login(given.name(), given.password(), ask.address()), ask, "/api/session", Fault.WRONG_LOGIN,
        "Nobody here has that name and that password. See upper and lower case; an admin can set another password, and on the machine \"kerf people password NAME\" does.");
  }

  @DELETE
  @Path("session")
  @Operation(summary = "Log out")
  public Response logOut() {
    AccessFilter.Admitted ask = asker.ask();
    ask.session().ifPresent(sessions::end);
    sessions.save();
    return Response.noContent().cookie(cookie("", ask.secure(), 0)).build();
  }

  @PUT
  @Path("session/password")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change your own password", description = "Ends your other sessions.")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = View.class)))
  public Response changePassword(PasswordChange change) {
    PasswordChange given = present(change, "{\"old\": \"…\", \"password\": \"…\"}");
    AccessFilter.Admitted ask = asker.ask();
    if (!(ask.caller() instanceof Caller.Person person)) {
      throw new FaultException(Fault.LOGIN_NEEDED, "Log in with the password that is to be changed.");
    }
    return answered(logins.changePassword(person.name(), given.old(), given.password(), ask.address()), ask, "/api/session/password", Fault.WRONG_LOGIN,
        "The old password is not yours, so nothing was changed.");
  }

  @POST
  @Path("claim")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Claim the station", description = "Makes its first admin and logs them in. The code is good for once.")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "403", description = "That is not the code.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "409", description = "It has been claimed before.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public Response claim(ClaimWish wish) {
    ClaimWish given = present(wish, "{\"code\": \"…\", \"name\": \"…\", \"password\": \"…\"}");
    AccessFilter.Admitted ask = asker.ask();
    return answered(logins.claim(given.code(), given.name(), given.password(), ask.address()), ask, "/api/claim", Fault.WRONG_CLAIM_CODE,
        "That is not the code of this station, so it was not claimed. The station's log tells it at each start, or a label on the station does.");
  }

  private Response answered(Outcome outcome, AccessFilter.Admitted ask, String path, Fault wrong, String detail) {
    if (outcome instanceof Outcome.In in) {
      ask.session().ifPresent(sessions::end);
      Caller.Person person = new Caller.Person(in.account().name(), in.account().role());
      return Response.ok(view(ask, person, Optional.of(in.token()))).cookie(cookie(in.token(), ask.secure(), NewCookie.DEFAULT_MAX_AGE)).cacheControl(noStore()).build();
    }
    if (outcome instanceof Outcome.Wait wait) {
      long seconds = Math.max(1, wait.time().plus(Duration.ofMillis(999)).toSeconds());
      return problem(Fault.LOCKED_OUT, "This attempt was not looked at, as too many before it were wrong. Try again in " + seconds + " s.", path)
          .header(HttpHeaders.RETRY_AFTER, seconds).build();
    }
    return problem(wrong, detail, path).build();
  }

  private static Response.ResponseBuilder problem(Fault fault, String detail, String path) {
    return Response.status(fault.httpStatus()).type(Problem.MEDIA_TYPE).entity(Problem.of(fault, detail, path));
  }

  private View view(AccessFilter.Admitted ask, Caller caller, Optional<String> session) {
    Gate.Station now = station.get();
    String csrf = session.map(AccessFilter::csrf).orElse(null);
    String problem = people.problem().orElse(null);
    if (caller instanceof Caller.Person person) {
      return new View(now.claimed(), person.name(), Kind.PERSON, person.role().label(), csrf, now.openViewing(), ask.unread(), problem, tlsView());
    }
    if (caller instanceof Caller.Machine machine) {
      return new View(now.claimed(), machine.name(), Kind.MACHINE, machine.role().label(), null, now.openViewing(), ask.unread(), problem, tlsView());
    }
    boolean local = caller instanceof Caller.Local;
    return new View(now.claimed(), null, local ? Kind.LOCAL : Kind.ANYBODY, null, null, now.openViewing(), ask.unread(), problem, tlsView());
  }

  private TlsView tlsView() {
    StationTls.Choice choice = station.tls();
    if (choice instanceof StationTls.Choice.With with) {
      return new TlsView(station.tlsPort(), with.fingerprint(), with.problem().orElse(null));
    }
    return ((StationTls.Choice.Without) choice).problem().map(problem -> new TlsView(null, null, problem)).orElse(null);
  }

  /** For as long as the browser is open: a terminal beside the line is many people's. No script reads it, and no other site's page brings it along. */
  private static NewCookie cookie(String token, boolean secure, int maxAge) {
    return new NewCookie.Builder(secure ? AccessFilter.COOKIE : AccessFilter.PLAIN_COOKIE).value(token).path("/").httpOnly(true).secure(secure)
        .sameSite(NewCookie.SameSite.STRICT).maxAge(maxAge).build();
  }

  private static CacheControl noStore() {
    CacheControl cache = new CacheControl();
    cache.setNoStore(true);
    return cache;
  }

  private static <T> T present(T body, String shape) {
    if (body == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request has no body. Say " + shape + ".");
    }
    return body;
  }
}
