package io.kerf.fleet.protocol;

import io.kerf.fleet.envelope.FleetVersion;
import java.time.Instant;

/**
 * The highest version this station has accepted, and the clock's floor with it. Durable before anything is applied; a version that was rolled back stays.
 *
 * @param digest SHA-256 of the payload
 * @param trustedTime the latest time that a believed sender and this station's clock agreed to be past
 */
public record Seen(FleetVersion version, String digest, String deploymentId, Instant trustedTime) {}
