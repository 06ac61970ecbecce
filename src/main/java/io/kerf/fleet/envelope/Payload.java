package io.kerf.fleet.envelope;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kerf.fleet.trust.StrictJson;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What an envelope carries: one whole station document and how to put it into force.
 *
 * @param deploymentId names it in reports
 * @param notBefore from when on it may be accepted. @param expires from when on it may not; what already runs does not end
 * @param minApp least version of Kerf
 * @param document JSON, exactly as it stands in the payload
 */
public record Payload(String deploymentId, String fleet, Audience audience, FleetVersion version, Instant issuedAt, Instant notBefore, Instant expires, String minApp,
    byte[] document, Policy policy, Rollout rollout) {
  public static final int SCHEMA = 1;

  /** SHA-256 of the document. */
  public String documentDigest() {
    return Sha256.of(document);
  }

  /** As it is signed. @throws IOException where the document is not JSON */
  public byte[] bytes() throws IOException {
    var json = StrictJson.mapper();
    ObjectNode node = json.createObjectNode().put("schema", SCHEMA).put("deploymentId", deploymentId).put("fleet", fleet).put("audience", audience.toString())
        .put("epoch", version.epoch()).put("version", new BigInteger(Long.toUnsignedString(version.number())))
        .put("issuedAt", issuedAt.toString()).put("notBefore", notBefore.toString()).put("expires", expires.toString()).put("minApp", minApp);
    node.set("document", StrictJson.read(document));
    ObjectNode how = node.putObject("policy").put("dryRun", policy.dryRun());
    policy.window().ifPresent(window -> how.put("window", window.toString()));
    Probation proof = policy.probation();
    how.putObject("probation").put("duration", proof.duration().toString()).put("leastFrames", proof.leastFrames()).put("patience", proof.patience().toString())
        .put("mostUnjudged", proof.mostUnjudged());
    node.putObject("rollout").put("id", rollout.id()).put("group", rollout.group());
    return json.writeValueAsBytes(node);
  }
}
