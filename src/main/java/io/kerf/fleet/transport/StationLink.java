package io.kerf.fleet.transport;

import io.kerf.fault.FaultException;
import io.kerf.fleet.Endpoint;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.protocol.FleetAgent;
import io.kerf.fleet.protocol.Outbox;
import io.kerf.fleet.protocol.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Connects an agent with its fleet, wherever the document in force says that it is: envelopes in, reports out. A network that is away delays both and nothing else.
 *
 * <p>By MQTT, and beside it by HTTPS every so often, scattered, so that a fleet does not come all at once and a broker that is up but stuck is noticed.
 */
public final class StationLink implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(StationLink.class);
  private static final double SCATTER = 0.2;
  private static final int MOST_ROTATIONS = 64;
  private static final long RETRY_NANOS = Duration.ofSeconds(30).toNanos();
  /** After so long without the fleet it is linked anew, with certificate and key as they are by then. */
  private static final long RELINK_NANOS = Duration.ofMinutes(30).toNanos();

  private final FleetAgent agent;
  private final ScheduledExecutorService worker;
  private final Executor puller;
  private final Duration every;
  private final LongSupplier nanos;
  private final Random random = new Random();
  private Optional<Endpoint> linked = Optional.empty();
  private Optional<MqttConnection> mqtt = Optional.empty();
  private Optional<HttpsTree> https = Optional.empty();
  private boolean sending;
  private boolean pulling;
  private long nextPull;
  private long nextLink;
  private long met;
  private String told = "";
  private volatile boolean closed;

  /**
   * @param worker one thread for all that is quick. @param puller for what waits for HTTPS
   * @param every between two looks by HTTPS
   */
  public StationLink(FleetAgent agent, ScheduledExecutorService worker, Executor puller, Duration every, LongSupplier nanos) {
    this.agent = agent;
    this.worker = worker;
    this.puller = puller;
    this.every = every;
    this.nanos = nanos;
    this.nextPull = nanos.getAsLong();
    this.nextLink = nextPull;
    this.met = nextPull;
  }

  public StationLink start() {
    worker.scheduleWithFixedDelay(this::tick, random.nextInt(1000), 1000, TimeUnit.MILLISECONDS);
    return this;
  }

  private synchronized void tick() {
    if (closed) {
      return;
    }
    try {
      agent.tick();
      follow();
      deliver();
      if (https.isPresent() && !pulling && nanos.getAsLong() - nextPull >= 0) {
        pull(https.get(), linked.orElseThrow());
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "The link to the fleet failed and goes on");
    }
  }

  /** Links anew where the document in force names another endpoint than before, where certificate or key could not be used, or where the fleet was not met for long. */
  private void follow() {
    Endpoint wanted = agent.endpoint();
    if (mqtt.filter(MqttConnection::isConnected).isPresent()) {
      met = nanos.getAsLong();
    } else if (nanos.getAsLong() - met >= Math.max(RELINK_NANOS, 2 * every.toNanos())) {
      unlink();
    }
    if (linked.equals(Optional.of(wanted)) || nanos.getAsLong() - nextLink < 0) {
      return;
    }
    unlink();
    try {
      https = wanted.url().map(url -> new HttpsTree(url, wanted.tls()));
      mqtt = wanted.broker().map(broker -> connection(wanted));
      linked = Optional.of(wanted);
      nextPull = nanos.getAsLong();
      met = nextPull;
    } catch (FaultException e) {
      tell(e.detail());
      unlink();
      nextLink = nanos.getAsLong() + RETRY_NANOS;
    }
  }

  private MqttConnection connection(Endpoint at) {
    Topics topics = new Topics(agent.fleet());
    String id = agent.identity().id();
    MqttConnection.Will will = new MqttConnection.Will(topics.status(id), "{\"online\":false,\"bootId\":\"" + agent.bootId() + "\"}");
    return new MqttConnection(at.broker().orElseThrow(), at.tls(), "kerf-" + agent.fleet() + "-" + id, topics.of(agent.identity()), Optional.of(will),
        new MqttConnection.Listener(worker, (topic, message) -> heard(topics, topic, message), () -> connected(at, topics), this::tell)).start();
  }

  private void heard(Topics topics, String topic, byte[] message) {
    if (closed || message.length == 0) {
      return;
    }
    try {
      if (topics.isTrust(topic)) {
        agent.receiveTrust(message);
      } else {
        agent.receive(message);
      }
    } catch (FaultException e) {
      LOG.debugf("What came by %s was not taken: %s", topic, e.detail());
    }
  }

  private synchronized void connected(Endpoint at, Topics topics) {
    if (closed || !linked.equals(Optional.of(at))) {
      return;
    }
    told = "";
    agent.reached(at);
    byte[] online = ("{\"online\":true,\"bootId\":\"" + agent.bootId() + "\"}").getBytes(StandardCharsets.UTF_8);
    mqtt.ifPresent(connection -> connection.publish(topics.status(agent.identity().id()), online, true));
    deliver();
  }

  /** One report at a time, oldest first: the newest is the one that stays on the broker. */
  private void deliver() {
    if (sending || mqtt.filter(MqttConnection::isConnected).isEmpty()) {
      return;
    }
    Optional<Outbox.Kept> next = agent.outbox().next();
    if (next.isEmpty()) {
      return;
    }
    sending = true;
    mqtt.get().publish(new Topics(agent.fleet()).reported(agent.identity().id()), next.get().report(), true)
        .whenCompleteAsync((done, failure) -> delivered(next.get().seq(), failure == null), worker);
  }

  private synchronized void delivered(long seq, boolean taken) {
    sending = false;
    if (taken) {
      agent.outbox().taken(seq);
      deliver();
    }
  }

  private void pull(HttpsTree tree, Endpoint at) {
    pulling = true;
    puller.execute(() -> {
      try {
        if (look(tree)) {
          agent.reached(at);
        }
        answered();
      } catch (IOException e) {
        tell(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.errorf(e, "Looking for the fleet by HTTPS failed");
      } finally {
        pulled();
      }
    });
  }

  /** Where there is a broker, that is the one to be met. */
  private synchronized void answered() {
    if (mqtt.isEmpty()) {
      met = nanos.getAsLong();
    }
  }

  private synchronized void pulled() {
    pulling = false;
    nextPull = nanos.getAsLong() + (long) (every.toNanos() * (1 - SCATTER + 2 * SCATTER * random.nextDouble()));
  }

  /** @return whether the fleet was met there */
  private boolean look(HttpsTree tree) throws IOException, InterruptedException {
    boolean met = false;
    for (int i = 0; i < MOST_ROTATIONS; i++) {
      HttpsTree.Found trust = tree.get(Topics.trustPath(agent.trustVersion() + 1));
      met |= trust.there();
      if (trust.changed().isEmpty() || !trusted(trust.changed().get())) {
        break;
      }
    }
    for (Audience audience : agent.identity().audiences()) {
      HttpsTree.Found desired = tree.get(Topics.desiredPath(audience));
      met |= desired.there();
      if (desired.changed().map(agent::receive).filter(Outcome.Refused.class::isInstance).isPresent()) {
        tree.forget(Topics.desiredPath(audience));
      }
    }
    if (agent.endpoint().broker().isEmpty()) {
      handIn(tree);
    }
    return met;
  }

  private boolean trusted(byte[] document) {
    try {
      return agent.receiveTrust(document);
    } catch (FaultException e) {
      return false;
    }
  }

  /** Where there is no broker, reports go where the envelopes come from, if they are taken there. */
  private void handIn(HttpsTree tree) throws IOException, InterruptedException {
    for (Optional<Outbox.Kept> next = agent.outbox().next(); next.isPresent(); next = agent.outbox().next()) {
      if (!tree.put(Topics.reportedPath(agent.identity().id()), next.get().report())) {
        return;
      }
      agent.outbox().taken(next.get().seq());
    }
  }

  /** Once for each reason. */
  private void tell(String why) {
    synchronized (this) {
      if (closed || why.equals(told)) {
        return;
      }
      told = why;
    }
    LOG.warnf("The fleet is not reached (%s). Inspection goes on, reports are kept, and the station goes on trying.", why);
  }

  private void unlink() {
    mqtt.ifPresent(MqttConnection::close);
    mqtt = Optional.empty();
    https = Optional.empty();
    linked = Optional.empty();
    sending = false;
  }

  @Override
  public synchronized void close() {
    closed = true;
    unlink();
  }
}
