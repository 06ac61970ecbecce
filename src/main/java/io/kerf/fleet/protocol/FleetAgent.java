package io.kerf.fleet.protocol;

import io.kerf.config.Version;
import io.kerf.fault.FaultException;
import io.kerf.fleet.Active;
import io.kerf.fleet.Endpoint;
import io.kerf.fleet.ManagedStation;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Payload;
import io.kerf.fleet.trust.TrustStore;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps a station's document as its fleet wants it, whatever brings the envelopes.
 *
 * <ol>
 *   <li>The highest version is durable before anything is applied. What was refused has changed nothing.
 *   <li>A newer document takes the place of a staged one; while one is applied or on probation, the newest that comes waits for its end, durably.
 *   <li>After a death the station goes on where the journal says, and reports where it stands.
 *   <li>No method waits for a network.
 * </ol>
 */
public final class FleetAgent {
  private static final Logger LOG = Logger.getLogger(FleetAgent.class);
  private static final String FLEET = "fleet";
  private static final int NEWEST_REPORTS = 10;
  private static final long LOOK_NANOS = Duration.ofSeconds(30).toNanos();

  private final Identity me;
  private final FleetFolder folder;
  private final TrustStore trust;
  private final ManagedStation station;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Consumer<Changed> audit;
  private final Refusals refusals;
  private final Reporter reporter;
  private final Applier applier;
  private Optional<Seen> seen;
  private Optional<String> waitsFor = Optional.empty();
  private Optional<String> trouble = Optional.empty();
  private long looked;

  /**
   * Reads where the station stands and reports it.
   *
   * @param settle how long a staged document waits for a newer one
   * @param audit hears what was changed or refused
   * @throws FaultException where the folder cannot be used
   */
  public FleetAgent(Identity me, FleetFolder folder, TrustStore trust, ManagedStation station, Clock clock, LongSupplier nanos, Duration settle, Consumer<Changed> audit) {
    this.me = me;
    this.folder = folder;
    this.trust = trust;
    this.station = station;
    this.clock = clock;
    this.nanos = nanos;
    this.audit = audit;
    this.refusals = new Refusals(nanos);
    this.reporter = new Reporter(me.id(), new Outbox(folder.outbox()), station, clock);
    this.seen = folder.seen();
    this.applier = new Applier(folder, station, nanos, settle, this::entered);
    this.looked = nanos.getAsLong();
    tellWhereItStands();
  }

  public Identity identity() {
    return me;
  }

  public Outbox outbox() {
    return reporter.outbox();
  }

  public String bootId() {
    return reporter.bootId();
  }

  public synchronized String fleet() {
    return trust.current().fleet();
  }

  public synchronized long trustVersion() {
    return trust.current().version();
  }

  /** Where the fleet is to be found by the document in force. */
  public synchronized Endpoint endpoint() {
    return station.endpoint();
  }

  /** The fleet was heard of at an endpoint; one that is in force no longer does not count. */
  public synchronized void reached(Endpoint at) {
    if (at.equals(station.endpoint())) {
      applier.reached();
    }
  }

  /** Takes an envelope in, whatever brought it. */
  public synchronized Outcome receive(byte[] envelope) {
    Outcome outcome = Reception.receive(envelope, situation(), station);
    if (outcome instanceof Outcome.Refused refused) {
      refused(envelope, refused);
    } else if (outcome instanceof Outcome.DryRun dryRun) {
      reporter.validated(highest(), dryRun.payload().deploymentId(), dryRun.difference());
    } else if (outcome instanceof Outcome.Again) {
      tellWhereItStands();
    } else if (outcome instanceof Outcome.Accepted accepted) {
      accept(accepted, envelope);
    }
    return outcome;
  }

  /**
   * Takes a trust document.
   *
   * @return whether whom this station believes has changed
   * @throws FaultException where it may not follow the present one; audited
   */
  public synchronized boolean receiveTrust(byte[] document) {
    try {
      boolean changed = trust.offer(document);
      if (changed) {
        audit(Action.FLEET_TRUST_CHANGED, "", "trust version " + trust.current().version() + ", epoch " + trust.current().epoch());
      }
      return changed;
    } catch (FaultException e) {
      if (!refusals.isKnown(document, e.fault().code()) && refusals.mayTell()) {
        audit(Action.FLEET_REFUSED, "", e.fault().code() + ": " + e.detail());
      }
      throw e;
    }
  }

  /** To be called every second or so: goes on with what is under way, and looks for what a person has changed. */
  public synchronized void tick() {
    try {
      waitsFor = applier.step(LocalTime.now(clock));
      if (!applier.isBusy()) {
        takeWaiting();
      }
      if (nanos.getAsLong() - looked >= LOOK_NANOS) {
        looked = nanos.getAsLong();
        tellWhatChanged();
      }
      trouble = Optional.empty();
    } catch (FaultException e) {
      if (!trouble.equals(Optional.of(e.detail()))) {
        LOG.errorf("The fleet's document is not gone on with for now: %s", e.detail());
      }
      trouble = Optional.of(e.detail());
    }
  }

  /** Where the last deployment stands; empty where there has been none. */
  public synchronized Optional<Deployment.State> state() {
    return applier.current().map(Deployment::state);
  }

  public synchronized FleetStatus status() {
    Active active = station.active();
    return new FleetStatus(me.id(), fleet(), trustVersion(), trust.current().epoch(), highest(), new Report.InForce(active.version(), active.digest()), active.model(), active.drift(),
        applier.current(), waitsFor, folder.waiting().isPresent(), outbox().waiting(), outbox().newest(NEWEST_REPORTS), trouble);
  }

  private Situation situation() {
    boolean taken = seen.flatMap(highest -> applier.current().filter(deployment -> deployment.payloadDigest().equals(highest.digest()))).isPresent();
    return new Situation(trust.current(), me.audiences(), seen, taken, Situation.floored(clock.instant(), Version.BUILT, seen), Version.CURRENT);
  }

  /** Whoever signed it well always gets an answer; strangers get one as long as they are few. */
  private void refused(byte[] envelope, Outcome.Refused refused) {
    if (refusals.isKnown(envelope, refused.fault().code())) {
      return;
    }
    boolean told = refusals.mayTell();
    if (told) {
      LOG.warnf("%s [%s]: %s", refused.fault().title(), refused.fault().code(), refused.detail());
      long untold = refusals.untold();
      audit(Action.FLEET_REFUSED, refused.deploymentId().orElse(""),
          refused.fault().code() + ": " + refused.detail() + (untold == 0 ? "" : " (" + untold + " more were refused and not told)"));
    }
    if (told || refused.deploymentId().isPresent()) {
      reporter.refused(highest(), refused);
    }
  }

  private void accept(Outcome.Accepted accepted, byte[] envelope) {
    Payload payload = accepted.payload();
    if (applier.isBusy()) {
      keepWaiting(payload, envelope);
      return;
    }
    Instant now = Situation.floored(clock.instant(), Version.BUILT, seen);
    Instant past = payload.issuedAt().isBefore(now) ? payload.issuedAt() : now;
    Seen highest = new Seen(payload.version(), accepted.digest(), payload.deploymentId(),
        seen.map(Seen::trustedTime).filter(before -> before.isAfter(past)).orElse(past));
    folder.seen(highest);
    seen = Optional.of(highest);
    applier.stage(payload, accepted.digest());
  }

  private void keepWaiting(Payload payload, byte[] envelope) {
    Optional<FleetVersion> before = folder.waiting().map(waiting -> Reception.receive(waiting, situation(), station))
        .flatMap(outcome -> outcome instanceof Outcome.Accepted kept ? Optional.of(kept.payload().version()) : Optional.empty());
    if (before.filter(version -> version.compareTo(payload.version()) >= 0).isEmpty()) {
      folder.waiting(envelope);
      reporter.received(highest(), payload.deploymentId(), "Waits until " + applier.current().orElseThrow().id() + " has ended.");
    }
  }

  private void takeWaiting() {
    Optional<byte[]> waiting = folder.waiting();
    if (waiting.isPresent()) {
      receive(waiting.get());
      folder.noneWaiting();
    }
  }

  private void entered(Deployment deployment) {
    switch (deployment.state()) {
      case STAGED -> audit(Action.FLEET_DOCUMENT_STAGED, deployment.id(), "version " + deployment.version() + ", document " + deployment.documentDigest());
      case COMMITTED -> audit(Action.FLEET_DOCUMENT_COMMITTED, deployment.id(), "version " + deployment.version() + ", document " + deployment.documentDigest());
      case ROLLED_BACK -> audit(Action.FLEET_DOCUMENT_ROLLED_BACK, deployment.id(), deployment.code().orElse("") + ": " + deployment.detail());
      case ROLLBACK_FAILED -> audit(Action.FLEET_ROLLBACK_FAILED, deployment.id(), deployment.detail());
      case APPLYING, PROBATION, ROLLING_BACK -> LOG.debugf("Fleet's version %s: %s. %s", deployment.version(), deployment.state(), deployment.detail());
    }
    if (deployment.state() != Deployment.State.ROLLING_BACK) {
      reporter.stands(highest(), deployment);
    }
  }

  private void tellWhereItStands() {
    applier.current().ifPresentOrElse(deployment -> reporter.stands(highest(), deployment), () -> reporter.isThere(highest()));
  }

  private void tellWhatChanged() {
    if (reporter.isOutdated()) {
      tellWhereItStands();
    }
  }

  private Optional<FleetVersion> highest() {
    return seen.map(Seen::version);
  }

  private void audit(Action action, String subject, String detail) {
    audit.accept(new Changed(clock.instant(), FLEET, action, "", subject, detail));
  }
}
