package io.kerf.station.output;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import io.kerf.config.document.MqttSettings;
import io.kerf.config.document.TlsSettings;
import io.kerf.fault.FaultException;
import io.kerf.station.line.Condition;
import io.kerf.station.line.Condition.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * An MQTT 5 broker. Outcomes go to {@code <prefix>/verdicts} with QoS 1; {@code <prefix>/status} is retained and says {@code online} or, by the last will,
 * {@code offline}. Connects anew after half a second to a minute.
 */
final class MqttPeer implements Peer {
  private static final int WINDOW = 16;
  private static final int LARGEST_PACKET = 64 << 10;
  private static final Duration LONGEST_PUBLISH = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final long LONGEST_STOP_MILLIS = 1000;

  private final String clientId;
  private final String prefix;
  private final MqttSettings settings;
  private final Secrets secrets;
  private final Health health;
  private final Wakes wakes;
  private final MqttCommands commands;
  private final LongSupplier nanos;
  private volatile Optional<Mqtt5AsyncClient> client = Optional.empty();
  private volatile boolean connected;
  private volatile boolean closed;
  private volatile int attempts;
  private long nextAttemptAt;

  MqttPeer(String clientId, String prefix, MqttSettings settings, Secrets secrets, Health health, Wakes wakes, MqttCommands commands,
      LongSupplier nanos) {
    this.clientId = clientId;
    this.prefix = prefix;
    this.settings = settings;
    this.secrets = secrets;
    this.health = health;
    this.wakes = wakes;
    this.commands = commands;
    this.nanos = nanos;
    this.nextAttemptAt = nanos.getAsLong();
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public void tend() {
    if (client.isEmpty()) {
      try {
        client = Optional.of(make());
      } catch (FaultException e) {
        health.fails(e.detail());
      }
    }
    client.filter(broker -> broker.getState() == MqttClientState.DISCONNECTED && nanos.getAsLong() - nextAttemptAt >= 0).ifPresent(this::connect);
  }

  /** Not by the client's own means: those cannot be called off, so that an output that is gone would come back. */
  private void connect(Mqtt5AsyncClient broker) {
    nextAttemptAt = nanos.getAsLong() + BackOff.pause(++attempts, Math.random()).toNanos();
    broker.connectWith().cleanStart(true).keepAlive(settings.keepAliveSeconds()).restrictions().maximumPacketSize(LARGEST_PACKET).applyRestrictions().send();
  }

  private Mqtt5AsyncClient make() {
    Mqtt5ClientBuilder builder = MqttClient.builder().useMqttVersion5().identifier(clientId).serverHost(settings.host()).serverPort(settings.portInUse())
        .executorConfig().nettyThreads(1).applyExecutorConfig()
        .addConnectedListener(context -> online())
        .addDisconnectedListener(context -> offline(context.getCause()))
        .willPublish(status("offline"));
    settings.tls().ifPresent(tls -> builder.sslConfig(ssl(tls)));
    settings.username().ifPresent(user -> {
      var auth = builder.simpleAuth().username(user);
      settings.password().map(secrets::read).ifPresent(password -> auth.password(password.getBytes(StandardCharsets.UTF_8)));
      auth.applySimpleAuth();
    });
    Mqtt5AsyncClient made = builder.buildAsync();
    if (settings.commands()) {
      made.publishes(MqttGlobalPublishFilter.ALL, publish -> commands.received(made, publish));
    }
    return made;
  }

  private static MqttClientSslConfig ssl(TlsSettings tls) {
    return MqttClientSslConfig.builder().trustManagerFactory(PemFiles.trust(tls).orElse(null)).keyManagerFactory(PemFiles.identity(tls).orElse(null)).build();
  }

  private Mqtt5Publish status(String status) {
    return Mqtt5Publish.builder().topic(prefix + "/status").qos(MqttQos.AT_LEAST_ONCE).retain(true).contentType("application/json")
        .payload(("{\"status\":\"" + status + "\"}").getBytes(StandardCharsets.UTF_8)).build();
  }

  private void online() {
    if (closed) {
      client.ifPresent(Mqtt5AsyncClient::disconnect);
      return;
    }
    attempts = 0;
    client.ifPresent(broker -> {
      broker.publish(status("online"));
      if (settings.commands()) {
        subscribe(broker, "/trigger");
        subscribe(broker, "/recipe");
      }
    });
    connected = true;
    health.works("Connected to " + settings.host() + ":" + settings.portInUse() + ".");
    wakes.back();
  }

  /** What is retained there was meant for a part of long ago. */
  private void subscribe(Mqtt5AsyncClient broker, String topic) {
    broker.subscribeWith().topicFilter(prefix + topic).qos(MqttQos.AT_LEAST_ONCE).retainHandling(Mqtt5RetainHandling.DO_NOT_SEND).send().whenComplete((ack, failure) -> {
      if (failure != null && connected) {
        health.fails("The broker does not let the station listen to " + prefix + topic + " (" + reason(failure) + "): give it the right to, or set commands to false.");
      }
    });
  }

  private void offline(Throwable cause) {
    connected = false;
    if (closed) {
      return;
    }
    health.fails(away(reason(cause)));
  }

  private String away(String reason) {
    return "The broker " + settings.host() + ":" + settings.portInUse() + " is away (" + reason + "): outcomes wait in the outbox. See that it runs, that the network lets the "
        + "station through and that its certificates or password are right.";
  }

  private static String reason(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
  }

  @Override
  public CompletableFuture<Delivery> deliver(Message message) {
    Optional<Mqtt5AsyncClient> broker = client;
    if (!connected || broker.isEmpty()) {
      Condition condition = health.condition();
      return CompletableFuture.completedFuture(new Delivery.Later(condition.state() == State.FAILS ? condition.words() : away("not connected yet"), LOOK_AGAIN));
    }
    return broker.get().publish(Mqtt5Publish.builder().topic(prefix + "/verdicts").qos(MqttQos.AT_LEAST_ONCE).contentType("application/json").payload(message.body()).build())
        .orTimeout(LONGEST_PUBLISH.toMillis(), TimeUnit.MILLISECONDS)
        .handle((result, failure) -> {
          Optional<Throwable> error = failure != null ? Optional.of(failure) : result.getError();
          return error.<Delivery>map(e -> new Delivery.Later(away(reason(e)), LOOK_AGAIN)).orElse(Delivery.DELIVERED);
        });
  }

  /** Says goodbye itself: the broker publishes the last will only of who vanishes. */
  @Override
  public void close() {
    closed = true;
    client.ifPresent(broker -> {
      if (connected) {
        await(broker.publish(status("offline")));
      }
      await(broker.disconnect());
    });
  }

  private static void await(CompletableFuture<?> end) {
    try {
      end.get(LONGEST_STOP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It was away, or is now: the last will says so.
    }
  }
}
