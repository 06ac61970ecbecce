package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes every failure under {@code /api} a {@link Problem}. No stack trace leaves the station. */
final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  /** Nothing is wrong: it is for the caller to try again. */
  private static final Set<Fault> PASSING = EnumSet.of(Fault.BUSY, Fault.LOGIN_BUSY, Fault.NO_FRAME, Fault.STALE_FRAME, Fault.OUTPUT_FAILED);
  private static final int RETRY_AFTER_SECONDS = 1;

  @ServerExceptionMapper
  Response fault(FaultException e, UriInfo uri) {
    if (e.fault().httpStatus() >= 500 && !PASSING.contains(e.fault())) {
      LOG.errorf(e, "%s failed: %s", path(uri), e.detail());
    }
    return answer(e.fault(), e.detail(), uri).build();
  }

  /** What the web layer itself refuses: unknown addresses, methods, formats. */
  @ServerExceptionMapper
  Response refusal(WebApplicationException e, UriInfo uri) {
    Response refused = e.getResponse();
    if (refused.getStatus() < 400) {
      return refused;
    }
    ResponseBuilder answer = switch (refused.getStatus()) {
      case 404 -> answer(Fault.NOT_FOUND, "There is nothing at " + path(uri) + ". The addresses of this station are listed at /q/openapi.", uri);
      case 405 -> answer(Fault.METHOD_NOT_ALLOWED, "The addresses of this station and their methods are listed at /q/openapi.", uri);
      case 406 -> answer(Fault.NOT_ACCEPTABLE, "See the Accept header of the request: the formats of each address are listed at /q/openapi.", uri);
      case 413 -> answer(Fault.IMAGE_TOO_LARGE, "The request is larger than this station accepts (kerf.image.max-bytes).", uri);
      case 415 -> answer(Fault.MEDIA_TYPE_UNSUPPORTED, "The content types of each address are listed at /q/openapi.", uri);
      default -> refused.getStatus() < 500
          ? answer(Fault.BAD_FIELD, "The request could not be understood: see /q/openapi for what this address takes.", uri)
          : internal(e, uri);
    };
    String allow = refused.getHeaderString(HttpHeaders.ALLOW);
    return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
  }

  @ServerExceptionMapper
  Response failure(Throwable e, UriInfo uri) {
    if (LostListeners.isGone(e)) {
      LOG.debugf("%s was not answered, as the caller has gone", path(uri));
      return answer(Fault.INTERNAL, "The caller has gone.", uri).build();
    }
    return internal(e, uri).build();
  }

  private static ResponseBuilder internal(Throwable e, UriInfo uri) {
    String incident = UUID.randomUUID().toString();
    LOG.errorf(e, "%s failed, incident %s", path(uri), incident);
    return answer(Fault.INTERNAL, "Something failed inside the station; it goes on running. Its log says more under incident " + incident + ".", uri);
  }

  private static ResponseBuilder answer(Fault fault, String detail, UriInfo uri) {
    ResponseBuilder answer = Response.status(fault.httpStatus()).type(Problem.MEDIA_TYPE).entity(Problem.of(fault, detail, path(uri)));
    return PASSING.contains(fault) ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS) : answer;
  }

  /** Still encoded, so that nothing a caller sends makes a line of its own in the log. */
  private static String path(UriInfo uri) {
    return uri.getRequestUri().getRawPath();
  }
}
