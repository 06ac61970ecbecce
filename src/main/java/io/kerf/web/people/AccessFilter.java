package io.kerf.web.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.people.Caller;
import io.kerf.people.People;
import io.kerf.people.Secrets;
import io.kerf.people.Sessions;
import io.kerf.web.Body;
import io.kerf.web.Problem;
import io.kerf.web.people.Gate.Answer;
import io.kerf.web.people.Gate.Ask;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Stands before everything that the station answers, runs on the event loop and never blocks: asks {@link Gate} and does what that says. */
final class AccessFilter implements Handler<RoutingContext> {
  /** Before whatever else looks at a request. */
  static final int PRIORITY = 1000;
  static final String ADMITTED = "kerf.admitted";
  /** Over TLS. On the machine itself there may be plain HTTP beside it, whose cookie a browser would not let take the place of this one. */
  static final String COOKIE = "kerf-session";
  static final String PLAIN_COOKIE = "kerf-session-plain";

  private static final String EVENTS = "/api/events";
  private static final long EVENTS_RECHECK_MILLIS = 10_000;
  /** Of what whoever is not let in sends, sixteen times as much is taken and dropped so that they read the answer. */
  private static final long DROPPED_BYTES = 2 << 20;
  private static final long SMALL_BYTES = 16 * 1024;

  private final People people;
  private final Sessions sessions;
  private final Supplier<Gate.Station> station;
  private final int tlsPort;
  private final ObjectMapper json;

  AccessFilter(People people, Sessions sessions, Supplier<Gate.Station> station, int tlsPort, ObjectMapper json) {
    this.people = people;
    this.sessions = sessions;
    this.station = station;
    this.tlsPort = tlsPort;
    this.json = json;
  }

  /** @param session token of the cookie, where that is by what the caller is known. @param address of the other end */
  record Admitted(Caller caller, Optional<String> session, boolean secure, boolean unread, String address) {}

  /** Who somebody turned out to be, and by what. */
  private record Known(Caller caller, Optional<String> session, boolean wrongToken) {}

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = normalised(context);
    Known known = known(request);
    Ask ask = ask(request, path, known);
    Answer answer = Gate.decide(ask, station.get());
    if (answer instanceof Answer.Pass pass) {
      if (tooLong(request, path)) {
        refuse(context, Fault.BAD_FIELD, "The request has more than " + SMALL_BYTES + " bytes or does not say how many. Say it in Content-Length.");
        return;
      }
      if (ask.changes() || Rights.isPage(path)) {
        known.session().ifPresent(sessions::use);
      }
      context.put(ADMITTED, new Admitted(pass.caller(), known.session(), ask.secure(), ask.unread(), Peer.address(request)));
      if (path.equals(EVENTS)) {
        endWhenNoLongerAllowed(context, path);
      }
      context.next();
    } else if (answer instanceof Answer.Refusal refusal) {
      refuse(context, refusal.fault(), refusal.detail());
    } else if (answer instanceof Answer.ToLogin) {
      redirect(context, "/login.html?to=" + URLEncoder.encode(request.uri(), StandardCharsets.UTF_8));
    } else {
      toTls(context);
    }
  }

  private Ask ask(HttpServerRequest request, String path, Known known) {
    String host = Peer.host(request);
    boolean here = Peer.isHere(request);
    boolean crossSite = Origin.isCrossSite(request.getHeader("Sec-Fetch-Site"), request.getHeader("Origin"), host);
    boolean csrf = known.session().map(token -> Secrets.same(csrf(token), String.valueOf(request.getHeader("X-CSRF-Token")))).orElse(false);
    return new Ask(request.method().name(), path, Peer.isSecure(request), here, here && !Peer.isPassedOn(request) && Origin.isLoopbackName(host), crossSite, known.caller(),
        known.session().isPresent(), csrf, known.wrongToken());
  }

  /** A cookie over the network in the clear is nobody's. */
  private Known known(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.startsWith("Bearer ")) {
      Optional<Caller.Machine> machine = people.machine(authorization.substring("Bearer ".length()).strip());
      return machine.map(found -> new Known(found, Optional.empty(), false)).orElseGet(() -> new Known(new Caller.Anybody(), Optional.empty(), true));
    }
    Cookie cookie = Peer.isSecure(request) || Peer.isHere(request) ? request.getCookie(Peer.isSecure(request) ? COOKIE : PLAIN_COOKIE) : null;
    Optional<Caller.Person> person = Optional.ofNullable(cookie).flatMap(one -> sessions.find(one.getValue())).flatMap(people::person);
    return person.map(found -> new Known(found, Optional.of(cookie.getValue()), false)).orElseGet(() -> new Known(new Caller.Anybody(), Optional.empty(), false));
  }

  /** What the page sends with each change. Follows from the token of the session, which no page can read and no other site has. */
  static String csrf(String session) {
    return Secrets.hash("csrf " + session);
  }

  /** A stream that somebody follows ends soon after they may follow it no longer. */
  private void endWhenNoLongerAllowed(RoutingContext context, String path) {
    HttpServerRequest request = context.request();
    long timer = context.vertx().setPeriodic(EVENTS_RECHECK_MILLIS, id -> {
      if (!(Gate.decide(ask(request, path, known(request)), station.get()) instanceof Answer.Pass)) {
        context.response().reset();
      }
    });
    context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
  }

  /** Whoever sends these need not be anybody yet. */
  private static boolean tooLong(HttpServerRequest request, String path) {
    if (!path.matches("/api/(session|claim|people|tokens)(/.*)?") || request.method().name().equals("GET")) {
      return false;
    }
    String length = request.getHeader("Content-Length");
    return length == null ? request.headers().contains("Transfer-Encoding") : !length.matches("[0-9]{1,5}") || Long.parseLong(length) > SMALL_BYTES;
  }

  private void refuse(RoutingContext context, Fault fault, String detail) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response().setStatusCode(fault.httpStatus()).putHeader("Content-Type", Problem.MEDIA_TYPE).putHeader("Cache-Control", "no-store");
    if (fault == Fault.LOGIN_NEEDED) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    Body.drop(request, DROPPED_BYTES);
    response.end(problem(fault, detail, request.path()));
  }

  private String problem(Fault fault, String detail, String path) {
    try {
      return json.writeValueAsString(Problem.of(fault, detail, path));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By the name that whoever asks has for this machine. */
  private void toTls(RoutingContext context) {
    String host = String.valueOf(Peer.host(context.request())).replaceFirst(":[0-9]+$", "");
    if (host.matches("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]")) {
      redirect(context, "https://" + host + ":" + tlsPort + context.request().uri());
    } else {
      refuse(context, Fault.TLS_NEEDED, "Use HTTPS, at port " + tlsPort + ".");
    }
  }

  private static void redirect(RoutingContext context, String to) {
    context.response().setStatusCode(302).putHeader("Location", to).putHeader("Cache-Control", "no-store").end();
  }

  /** As what answers sees it. What cannot be read so is in no table. */
  private static String normalised(RoutingContext context) {
    try {
      return Rights.canonical(context.normalizedPath());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
