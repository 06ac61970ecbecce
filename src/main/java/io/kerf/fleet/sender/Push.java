package io.kerf.fleet.sender;

import io.kerf.fault.FaultException;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.Envelope;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Payload;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Rollout;
import io.kerf.fleet.protocol.Report;
import io.kerf.fleet.protocol.ReportState;
import io.kerf.fleet.sender.RolloutDecision.Standing;
import io.kerf.fleet.trust.SigningKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Carries a rollout out: signs for each station, sends stage by stage, and listens to what they report until {@link RolloutDecision} ends it. */
public final class Push {
  private static final long LOOK_MILLIS = 200;
  /** A station whose clock is behind the sender's by less takes the document at once. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  private final Plant plant;
  private final SigningKey key;
  private final Order order;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Map<String, Long> sentAt = new LinkedHashMap<>();
  private final Map<String, String> unreached = new LinkedHashMap<>();

  /**
   * What is sent.
   *
   * @param documents by station
   * @param validFor how long a station may accept it
   */
  public record Order(String fleet, String group, String rolloutId, FleetVersion version, Map<String, byte[]> documents, Policy policy, Duration validFor, String minApp) {
    public String deploymentId() {
      return rolloutId + "-" + version;
    }

    /** Signed for one station. @throws IOException where its document is not JSON */
    public byte[] envelope(String station, SigningKey key, Clock clock) throws IOException {
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      Payload payload = new Payload(deploymentId(), fleet, Audience.station(station), version, now, now.minus(CLOCKS_DIFFER), now.plus(validFor), minApp, documents.get(station), policy,
          new Rollout(rolloutId, group));
      return Envelope.sign(payload, key);
    }
  }

  /**
   * Where a rollout stands.
   *
   * @param said the newest report of each station that is about this rollout
   * @param unreached why nothing could be sent to a station
   */
  public record Progress(RolloutDecision decision, Map<String, Standing> standings, Map<String, Report> said, Map<String, String> unreached) {}

  public Push(Plant plant, SigningKey key, Order order, Clock clock, LongSupplier nanos) {
    this.plant = plant;
    this.key = key;
    this.order = order;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Runs to the end. @param watching hears of each look. @return {@link RolloutDecision.Done} or {@link RolloutDecision.Stop} */
  public RolloutDecision run(RolloutDecision.Plan plan, Consumer<Progress> watching) throws IOException, InterruptedException {
    while (true) {
      Map<String, Report> said = said();
      Map<String, Standing> standings = standings(said, plan.patience());
      RolloutDecision decision = RolloutDecision.next(plan, standings);
      watching.accept(new Progress(decision, standings, said, unreached));
      if (decision instanceof RolloutDecision.Done || decision instanceof RolloutDecision.Stop) {
        return decision;
      }
      if (decision instanceof RolloutDecision.Send send) {
        for (String station : send.stations()) {
          send(station);
        }
      } else {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  private void send(String station) throws IOException, InterruptedException {
    sentAt.put(station, nanos.getAsLong());
    try {
      plant.send(Audience.station(station), order.envelope(station, key, clock), !order.policy().dryRun());
    } catch (FaultException e) {
      unreached.put(station, e.detail());
    }
  }

  private Map<String, Report> said() throws InterruptedException {
    Map<String, Report> said = new LinkedHashMap<>();
    plant.stations().forEach((id, known) -> known.report().filter(report -> report.deploymentId().equals(Optional.of(order.deploymentId()))).ifPresent(report -> said.put(id, report)));
    return said;
  }

  private Map<String, Standing> standings(Map<String, Report> said, Duration patience) {
    Map<String, Standing> standings = new LinkedHashMap<>();
    sentAt.forEach((station, at) -> {
      boolean overdue = nanos.getAsLong() - at >= patience.toNanos();
      Optional<Standing> reported = Optional.ofNullable(said.get(station)).map(report -> standing(report.state()));
      standings.put(station, reported.filter(standing -> standing != Standing.UNDERWAY || !overdue)
          .orElse(overdue || unreached.containsKey(station) ? Standing.SILENT : Standing.UNDERWAY));
    });
    return standings;
  }

  private static Standing standing(ReportState state) {
    return switch (state) {
      case COMMITTED, VALIDATED -> Standing.COMMITTED;
      case REJECTED, ROLLED_BACK, ROLLBACK_FAILED -> Standing.FAILED;
      case RECEIVED, STAGED, APPLYING, PROBATION -> Standing.UNDERWAY;
    };
  }
}
