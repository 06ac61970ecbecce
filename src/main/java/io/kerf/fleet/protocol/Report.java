package io.kerf.fleet.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.envelope.FleetVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a station tells its fleet. No secrets: documents refer to files, and only digests of documents are in here.
 *
 * @param station its id
 * @param seq one more for each report, restarts included
 * @param bootId which run of the process made it
 * @param app version of Kerf
 * @param model digest of the bundle that judges; empty where none does
 * @param drift what a person changed on the station, one line each
 * @param difference of a dry run
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Report(String station, Optional<String> deploymentId, long seq, String bootId, Instant at, String app, Optional<FleetVersion> highestSeen, InForce active,
    String model, ReportState state, Optional<String> code, String detail, List<String> drift, List<DocumentProblem> problems, Optional<String> difference) {
  /** @param version of the fleet; empty for a document that never came from one */
  public record InForce(String version, String digest) {}
}
