package io.kerf.fleet.protocol;

import io.kerf.fleet.envelope.FleetVersion;
import java.util.List;
import java.util.Optional;

/**
 * Where an agent stands, for page and commands.
 *
 * @param waitsFor why the deployment under way does not go on for now
 * @param reportsWaiting that nobody has taken yet
 * @param trouble what keeps the agent from its work; empty where nothing does
 */
public record FleetStatus(String station, String fleet, long trustVersion, long epoch, Optional<FleetVersion> highestSeen, Report.InForce active, String model, List<String> drift,
    Optional<Deployment> deployment, Optional<String> waitsFor, boolean anotherWaits, int reportsWaiting, List<Report> reports, Optional<String> trouble) {}
