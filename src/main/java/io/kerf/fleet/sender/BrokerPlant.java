package io.kerf.fleet.sender;

import com.fasterxml.jackson.databind.JsonNode;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.protocol.Report;
import io.kerf.fleet.transport.MqttConnection;
import io.kerf.fleet.transport.Topics;
import io.kerf.fleet.trust.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A fleet behind an MQTT 5 broker. Whoever comes is told first what is retained. */
public final class BrokerPlant implements Plant {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  /** Retained reports follow a subscription at once; so long without a further one, and all are here. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private final Topics topics;
  private final URI broker;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
    Thread thread = new Thread(task, "fleet-sender");
    thread.setDaemon(true);
    return thread;
  });
  private final Map<String, Report> reports = new ConcurrentHashMap<>();
  private final Map<String, Boolean> online = new ConcurrentHashMap<>();
  private final CountDownLatch up = new CountDownLatch(1);
  private final MqttConnection connection;
  private volatile long heardAt = System.nanoTime();
  private volatile String trouble = "no answer";

  private BrokerPlant(String fleet, URI broker, TlsFiles tls) {
    this.topics = new Topics(fleet);
    this.broker = broker;
    this.connection = new MqttConnection(broker, tls, "kerf-sender-" + UUID.randomUUID(), topics.ofWatcher(), Optional.empty(),
        new MqttConnection.Listener(worker, this::heard, up::countDown, why -> trouble = why));
  }

  /** Connects and hears what is retained. @throws FaultException {@link Fault#FLEET_UNREACHABLE} where the broker does not let it in */
  public static BrokerPlant connect(String fleet, URI broker, TlsFiles tls) throws InterruptedException {
    BrokerPlant plant = new BrokerPlant(fleet, broker, tls);
    plant.connection.start();
    if (!plant.up.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      plant.close();
      throw plant.unreachable(plant.trouble);
    }
    plant.heardAt = System.nanoTime();
    while (System.nanoTime() - plant.heardAt < QUIET.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return plant;
  }

  private void heard(String topic, byte[] message) {
    heardAt = System.nanoTime();
    if (reports.size() > GroupFile.MOST_STATIONS) {
      return;
    }
    String station = Topics.station(topic);
    try {
      if (topic.equals(topics.reported(station))) {
        reports.merge(station, StrictJson.mapper().readValue(message, Report.class), (before, now) -> now.seq() >= before.seq() ? now : before);
      } else {
        JsonNode status = StrictJson.read(message);
        online.put(station, status.path("online").asBoolean());
      }
    } catch (IOException e) {
      // A report that cannot be read is that of a station that has none.
    }
  }

  @Override
  public void send(Audience audience, byte[] envelope, boolean kept) throws InterruptedException {
    publish(topics.desired(audience), envelope, kept);
  }

  @Override
  public void sendTrust(long version, byte[] trust) throws InterruptedException {
    publish(topics.trust(version), trust, true);
  }

  private void publish(String topic, byte[] message, boolean retained) throws InterruptedException {
    try {
      connection.publish(topic, message, retained).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw unreachable(e.getCause().getMessage() + (connection.isConnected() ? "" : "; " + trouble));
    } catch (TimeoutException e) {
      throw unreachable(trouble);
    }
  }

  @Override
  public Map<String, Known> stations() {
    Map<String, Known> known = new TreeMap<>();
    reports.forEach((id, report) -> known.put(id, new Known(Optional.ofNullable(online.get(id)), Optional.of(report))));
    online.forEach((id, is) -> known.putIfAbsent(id, new Known(Optional.of(is), Optional.empty())));
    return known;
  }

  private FaultException unreachable(String why) {
    return new FaultException(Fault.FLEET_UNREACHABLE, "The broker " + broker + " did not take what was sent (" + why
        + "). Stations go on with what they have. See address, certificate and the broker's access lists.");
  }

  @Override
  public void close() {
    connection.close();
    worker.shutdown();
  }
}
