package io.kerf.web;

import io.kerf.fault.Fault;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What went wrong, as a problem document (RFC 9457).
 *
 * @param code stable, for programs
 * @param detail what happened, what it means and what to do, for people
 */
@Schema(description = "What went wrong (RFC 9457).")
public record Problem(
    @Schema(examples = "urn:kerf:fault:not-an-image") String type,
    @Schema(examples = "The bytes are not a readable image") String title,
    @Schema(examples = "400") int status,
    @Schema(description = "What happened, what it means and what to do.") String detail,
    @Schema(description = "Stable: programs match on it.", examples = "not-an-image") String code,
    @Schema(description = "The address that was asked.", examples = "/api/inspections") String instance) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(Fault fault, String detail, String instance) {
    return new Problem("urn:kerf:fault:" + fault.code(), fault.title(), fault.httpStatus(), detail, fault.code(), instance);
  }
}
