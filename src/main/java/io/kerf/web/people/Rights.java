package io.kerf.web.people;

import static io.kerf.web.people.Rights.Need.ADMIN;
import static io.kerf.web.people.Rights.Need.ENGINEER;
import static io.kerf.web.people.Rights.Need.OPEN;
import static io.kerf.web.people.Rights.Need.OPERATOR;
import static io.kerf.web.people.Rights.Need.SOMEBODY;
import static io.kerf.web.people.Rights.Need.VIEWER;

import io.kerf.people.Role;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What each address of the station needs: the one table. What is not in it is not there for anybody but an admin. */
final class Rights {
  /** A part of a path that stands for anything: no separator, however it is spelt, no parameter and no way up. */
  private static final String PART = "(?!\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~@!$'()+,:=-]|%(?!2[eEfF]|3[bB]|5[cC]|25|00)[0-9A-Fa-f]{2})+";

  private static final List<Route> TABLE = List.of(
      // The program itself, the same on every station, and what a page needs to let somebody in.
      new Route("GET", "/login.html", OPEN), new Route("GET", "/favicon.svg", OPEN), new Route("GET", "/icons.svg", OPEN),
      Route.of("GET", Pattern.compile("/(?:css|js|webjars)(?:/" + PART + "){1,6}"), OPEN),
      new Route("GET", "/api/session", OPEN), new Route("POST", "/api/session", OPEN), new Route("POST", "/api/claim", OPEN),
      new Route("PUT", "/api/session/password", SOMEBODY), new Route("DELETE", "/api/session", SOMEBODY),
      // Whoever keeps it running asks for these, and they say nothing of parts.
      Route.of("GET", Pattern.compile("/q/health(?:/(?:live|ready|started|well|group(?:/" + PART + ")?))?"), OPEN),

      new Route("GET", "/", VIEWER), Route.of("GET", Pattern.compile("/[a-z-]+\\.html"), VIEWER),
      new Route("GET", "/q/metrics", VIEWER), Route.of("GET", Pattern.compile("/q/openapi(?:\\.(?:json|ya?ml))?"), VIEWER),
      new Route("GET", "/api/station", VIEWER), new Route("GET", "/api/device", VIEWER), new Route("GET", "/api/events", VIEWER),
      new Route("GET", "/api/inspections/export\\.csv", ENGINEER), new Route("GET", "/api/inspections/export\\.zip", ENGINEER),
      new Route("GET", "/api/inspections", VIEWER), new Route("GET", "/api/inspections/{}", VIEWER), new Route("GET", "/api/inspections/{}/image", VIEWER),
      new Route("GET", "/api/inspections/{}/heat-map", VIEWER), new Route("GET", "/api/inspections/{}/review", VIEWER),
      new Route("GET", "/api/normals", VIEWER), new Route("GET", "/api/normals/{}/image", VIEWER),
      new Route("GET", "/api/quality", VIEWER), new Route("GET", "/api/golden", VIEWER), new Route("GET", "/api/golden/{}/image", VIEWER),
      new Route("GET", "/api/models", VIEWER), new Route("GET", "/api/models/{}", VIEWER),
      new Route("GET", "/api/learning", VIEWER), new Route("GET", "/api/rescorings", VIEWER), new Route("GET", "/api/rescorings/{}", VIEWER),
      new Route("GET", "/api/document/schema", VIEWER),
      new Route("GET", "/api/recipes", VIEWER), new Route("GET", "/api/sources", VIEWER), new Route("GET", "/api/outputs", VIEWER),
      new Route("GET", "/api/fleet", VIEWER),
      new Route("GET", "/api/audit", VIEWER), new Route("GET", "/api/audit/verify", VIEWER),

      new Route("POST", "/api/inspections", OPERATOR),
      new Route("POST", "/api/sources/{}/trigger", OPERATOR), new Route("POST", "/api/recipes/{}/use", OPERATOR),
      new Route("PUT", "/api/inspections/{}/review", OPERATOR), new Route("DELETE", "/api/inspections/{}/review", OPERATOR),

      new Route("POST", "/api/models/{}/activate", ENGINEER), new Route("POST", "/api/models/rollback", ENGINEER),
      new Route("POST", "/api/learning/run", ENGINEER), new Route("POST", "/api/learning/pause", ENGINEER), new Route("POST", "/api/learning/resume", ENGINEER),
      new Route("POST", "/api/learning/cancel", ENGINEER), new Route("POST", "/api/learning/candidate/promote", ENGINEER),
      new Route("POST", "/api/learning/candidate/discard", ENGINEER),
      new Route("POST", "/api/normals/{}/confirm", ENGINEER), new Route("DELETE", "/api/normals/{}", ENGINEER), new Route("DELETE", "/api/golden/{}", ENGINEER),
      // What a station does says where its verdicts go, and by which names and addresses: not for everybody who looks on.
      new Route("GET", "/api/document", ENGINEER), new Route("PUT", "/api/document", ENGINEER), new Route("POST", "/api/document/check", ENGINEER),
      new Route("GET", "/api/document/history", ENGINEER), new Route("GET", "/api/document/history/{}", ENGINEER),
      // Signed as they are, whoever hands them in changes no less than with a document.
      new Route("PUT", "/api/fleet/desired", ENGINEER), new Route("PUT", "/api/fleet/trust", ENGINEER),
      new Route("POST", "/api/outputs/{}/test", ENGINEER),
      new Route("POST", "/api/recipes/{}/copy", ENGINEER), new Route("GET", "/api/recipes/{}/export", ENGINEER), new Route("POST", "/api/recipes/import", ENGINEER),
      new Route("DELETE", "/api/recipes/{}", ENGINEER),
      new Route("POST", "/api/inspections/{}/replay", ENGINEER),
      new Route("POST", "/api/rescorings", ENGINEER), new Route("DELETE", "/api/rescorings/{}", ENGINEER),

      new Route("GET", "/api/people", ADMIN), new Route("POST", "/api/people", ADMIN), new Route("PUT", "/api/people/{}", ADMIN),
      new Route("DELETE", "/api/people/{}", ADMIN),
      new Route("GET", "/api/tokens", ADMIN), new Route("POST", "/api/tokens", ADMIN), new Route("DELETE", "/api/tokens/{}", ADMIN));

  private Rights() {}

  /** Who a request is for. */
  enum Need {
    /** Everybody, always. */
    OPEN(null),
    /** Whoever has logged in. */
    SOMEBODY(null),
    VIEWER(Role.VIEWER),
    OPERATOR(Role.OPERATOR),
    ENGINEER(Role.ENGINEER),
    ADMIN(Role.ADMIN);

    private final Role role;

    Need(Role role) {
      this.role = role;
    }

    /** Whether somebody who has logged in may. */
    boolean met(Role theirs) {
      return role == null || theirs.covers(role);
    }
  }

  private record Route(String method, String path, Pattern pattern, Need need) {
    Route(String method, String path, Need need) {
      this(method, path, Pattern.compile(path.replace("{}", PART)), need);
    }

    static Route of(String method, Pattern pattern, Need need) {
      return new Route(method, pattern.pattern(), pattern, need);
    }
  }

  /**
   * What a request needs, by the first line of the table that fits; empty where the table has no such address, or it does not take that method.
   *
   * @param path {@link #canonical}
   */
  static Optional<Need> needed(String method, String path) {
    if (method.equals("OPTIONS")) {
      return known(path) ? Optional.of(VIEWER) : Optional.empty();
    }
    String asked = method.equals("HEAD") ? "GET" : method;
    return TABLE.stream().filter(route -> route.method().equals(asked) && route.pattern().matcher(path).matches()).findFirst().map(Route::need);
  }

  /** Whether the table has the address, for whatever method. */
  static boolean known(String path) {
    return TABLE.stream().anyMatch(route -> route.pattern().matcher(path).matches());
  }

  /** Whether a browser goes there with its address bar, so that a refusal leads somebody on. */
  static boolean isPage(String path) {
    return path.equals("/") || path.endsWith(".html");
  }

  /** A slash too much is no other address, as it is none to what answers. @param path normalised, still encoded */
  static String canonical(String path) {
    String single = path.replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
  }
}
