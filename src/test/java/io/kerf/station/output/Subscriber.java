package io.kerf.station.output;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hears everything that a broker hands on. */
final class Subscriber implements AutoCloseable {
  final List<Mqtt5Publish> heard = new CopyOnWriteArrayList<>();
  final Mqtt5AsyncClient client;

  Subscriber(int port) {
    this(port, publish -> {});
  }

  Subscriber(int port, Consumer<Mqtt5Publish> also) {
    client = MqttClient.builder().useMqttVersion5().serverHost("127.0.0.1").serverPort(port).buildAsync();
    client.connect().join();
    client.subscribeWith().topicFilter("#").qos(MqttQos.AT_LEAST_ONCE).callback(publish -> {
      heard.add(publish);
      also.accept(publish);
    }).send().join();
  }

  List<String> on(String topic) {
    return heard.stream().filter(publish -> publish.getTopic().toString().equals(topic)).map(publish -> new String(publish.getPayloadAsBytes())).toList();
  }

  List<String> ids(String topic) {
    return on(topic).stream().map(Subscriber::id).toList();
  }

  private static String id(String body) {
    try {
      return Parts.JSON.readTree(body).path("id").asText();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.disconnect().join();
  }
}
