package io.kerf.fleet.transport;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A connection to an MQTT 5 broker that comes back by itself, with delays that grow to two minutes and are scattered.
 *
 * <ol>
 *   <li>Each time it comes up it subscribes anew; what is retained is then heard again.
 *   <li>A message is acknowledged after it was heard, and at most {@value #IN_FLIGHT} are on their way unacknowledged.
 * </ol>
 */
public final class MqttConnection implements AutoCloseable {
  /** More than mosquitto sends at once of its own accord (20): version 2.0.11 takes no notice of this limit and is then disconnected for it. */
  private static final int IN_FLIGHT = 128;
  private static final int MAX_PACKET_BYTES = 512 * 1024;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int LONGEST_DELAY_SECONDS = 120;
  private static final int HANDSHAKE_SECONDS = 30;

  private final Mqtt5AsyncClient client;
  private final List<String> topics;
  private final Optional<Will> will;
  private final Executor executor;
  private final BiConsumer<String, byte[]> heard;
  private final Consumer<String> lost;
  private final Runnable connected;
  private volatile boolean closed;

  /** What the broker tells everyone once this connection is lost; retained. */
  public record Will(String topic, String message) {}

  /**
   * Whom it tells of what, each by {@code executor}.
   *
   * @param heard of a message: topic and content
   * @param connected each time it has come up and is subscribed
   * @param lost why it is down, each time an attempt fails
   */
  public record Listener(Executor executor, BiConsumer<String, byte[]> heard, Runnable connected, Consumer<String> lost) {}

  /** @throws FaultException {@link Fault#FLEET_TLS_UNUSABLE}, or {@link Fault#BAD_CONFIGURATION} for another scheme than mqtts and mqtt */
  public MqttConnection(URI broker, TlsFiles tls, String clientId, List<String> topics, Optional<Will> will, Listener listener) {
    this.topics = List.copyOf(topics);
    this.will = will;
    this.heard = listener.heard();
    // Whoever closes may have ended the executor already; what comes then is for nobody.
    this.executor = task -> {
      try {
        listener.executor().execute(task);
      } catch (RejectedExecutionException e) {
        closed = true;
      }
    };
    this.connected = () -> executor.execute(listener.connected());
    this.lost = why -> executor.execute(() -> listener.lost().accept(why));
    this.client = builder(broker, tls).identifier(clientId).addConnectedListener(context -> subscribe()).addDisconnectedListener(context -> {
      if (closed) {
        context.getReconnector().reconnect(false);
      } else {
        lost.accept(reason(context.getCause()));
      }
    }).buildAsync();
  }

  private static Mqtt5ClientBuilder builder(URI broker, TlsFiles tls) {
    boolean secured = "mqtts".equals(broker.getScheme());
    if (!secured && !"mqtt".equals(broker.getScheme()) || broker.getHost() == null) {
      throw new FaultException(Fault.BAD_CONFIGURATION, "The broker \"" + broker + "\" cannot be used, so the fleet is not reached by MQTT: use mqtts://host:8883 or mqtt://host:1883.");
    }
    int port = broker.getPort() >= 0 ? broker.getPort() : secured ? 8883 : 1883;
    Mqtt5ClientBuilder builder = Mqtt5Client.builder().serverHost(broker.getHost()).serverPort(port)
        .automaticReconnect().initialDelay(1, TimeUnit.SECONDS).maxDelay(LONGEST_DELAY_SECONDS, TimeUnit.SECONDS).applyAutomaticReconnect();
    if (secured) {
      PemTls pem = new PemTls(tls);
      builder.sslConfig(MqttClientSslConfig.builder().keyManagerFactory(pem.keys().orElse(null)).trustManagerFactory(pem.trust().orElse(null))
          .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS).build());
    }
    return builder;
  }

  /** Begins to connect, and goes on until {@link #close}. */
  public MqttConnection start() {
    var connect = client.connectWith().cleanStart(true).sessionExpiryInterval(0).keepAlive(KEEP_ALIVE_SECONDS)
        .restrictions().receiveMaximum(IN_FLIGHT).maximumPacketSize(MAX_PACKET_BYTES).applyRestrictions();
    will.ifPresent(last -> connect.willPublish().topic(last.topic()).payload(last.message().getBytes(StandardCharsets.UTF_8)).qos(MqttQos.AT_LEAST_ONCE).retain(true).applyWillPublish());
    connect.send();
    return this;
  }

  /** With each connection, as what was heard by a session ends with it. */
  private void subscribe() {
    if (closed) {
      client.disconnect();
      return;
    }
    if (topics.isEmpty()) {
      connected.run();
      return;
    }
    client.subscribe(Mqtt5Subscribe.builder()
        .addSubscriptions(topics.stream().map(topic -> Mqtt5Subscription.builder().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).build()).toList()).build(),
        message -> {
          heard.accept(message.getTopic().toString(), message.getPayloadAsBytes());
          message.acknowledge();
        }, executor, true).whenComplete((done, failure) -> {
          if (failure == null) {
            connected.run();
          } else {
            lost.accept(reason(failure));
          }
        });
  }

  /** Sends at least once. @return fails where the broker has not taken it */
  public CompletableFuture<Void> publish(String topic, byte[] message, boolean retained) {
    return client.publish(Mqtt5Publish.builder().topic(topic).payload(message).qos(MqttQos.AT_LEAST_ONCE).retain(retained).build()).handle((result, failure) -> {
      Optional<Throwable> error = failure == null ? result.getError() : Optional.of(failure);
      error.ifPresent(cause -> {
        throw new CompletionException(new IOException(reason(cause)));
      });
      return null;
    });
  }

  public boolean isConnected() {
    return client.getState() == MqttClientState.CONNECTED;
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof Mqtt5PubAckException refused) {
      return "the broker answered " + refused.getMqttMessage().getReasonCode();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  /** Leaves in order: what the last will would tell is told first. */
  @Override
  public void close() {
    closed = true;
    if (will.isPresent() && isConnected()) {
      publish(will.get().topic(), will.get().message().getBytes(StandardCharsets.UTF_8), true).whenComplete((done, failure) -> client.disconnect());
    } else {
      client.disconnect();
    }
  }
}
