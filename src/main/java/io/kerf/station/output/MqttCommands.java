package io.kerf.station.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.station.line.RecipeChoice;
import io.kerf.station.line.Trigger;
import io.kerf.station.line.Triggers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * What a broker may ask of the station: {@code <prefix>/trigger} with {@code {"camera": …, "partId": …, "lot": …}} and {@code <prefix>/recipe} with a number or a
 * name. Who names a response topic (MQTT 5) is answered there, with the correlation data of the question: by the outcome as {@code <prefix>/verdicts} has it, or
 * by {@code {"code": …, "detail": …}}.
 */
final class MqttCommands {
  private static final Logger LOG = Logger.getLogger(MqttCommands.class);
  static final int MOST_AT_ONCE = 16;
  private static final int LONGEST_LABEL = 128;

  private final String output;
  private final Triggers triggers;
  private final RecipeChoice recipes;
  private final Messages messages;
  private final ObjectMapper json;
  private final Executor executor;
  private final LongSupplier nanos;
  private final AtomicInteger underWay = new AtomicInteger();

  /** @param executor for what may take a while, bounded by {@value #MOST_AT_ONCE} commands at once */
  MqttCommands(String output, Triggers triggers, RecipeChoice recipes, Messages messages, ObjectMapper json, Executor executor, LongSupplier nanos) {
    this.output = output;
    this.triggers = triggers;
    this.recipes = recipes;
    this.messages = messages;
    this.json = json;
    this.executor = executor;
    this.nanos = nanos;
  }

  /** Never waits. What is retained is not obeyed: it was meant for a part of long ago. */
  void received(Mqtt5AsyncClient broker, Mqtt5Publish publish) {
    long seen = nanos.getAsLong();
    if (publish.isRetain()) {
      return;
    }
    if (underWay.incrementAndGet() > MOST_AT_ONCE) {
      underWay.decrementAndGet();
      answer(broker, publish, refusal(new FaultException(Fault.BUSY, "More than " + MOST_AT_ONCE + " commands are under way. This one was not obeyed.")));
      return;
    }
    try {
      boolean trigger = publish.getTopic().toString().endsWith("/trigger");
      if (trigger) {
        fire(broker, publish, seen);
      } else {
        executor.execute(() -> choose(broker, publish));
      }
    } catch (RuntimeException e) {
      end(broker, publish, refusal(fault(e)));
    }
  }

  private static FaultException fault(RuntimeException e) {
    return e instanceof FaultException fault ? fault : new FaultException(Fault.INTERNAL, "The command failed (" + e + ").", e);
  }

  private void fire(Mqtt5AsyncClient broker, Mqtt5Publish publish, long seen) {
    JsonNode asked = tree(publish);
    String camera = text(asked, "camera").orElseThrow(() -> new FaultException(Fault.BAD_FIELD, "camera is missing: name the camera that takes the picture."));
    triggers.fire(camera, new Trigger(text(asked, "partId"), text(asked, "lot"), output, seen))
        .whenComplete((outcome, never) -> end(broker, publish, outcome == null ? refusal(new FaultException(Fault.INTERNAL, "The trigger had no outcome; see the log."))
            : messages.answer(outcome)));
  }

  private void choose(Mqtt5AsyncClient broker, Mqtt5Publish publish) {
    try {
      String asked = new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8).strip();
      if (asked.matches("[0-9]{1,5}")) {
        recipes.useNumber(Integer.parseInt(asked), output);
      } else {
        recipes.useNamed(asked, output);
      }
      end(broker, publish, messages.bytes(Map.of("recipe", recipes.inUse(), "number", recipes.numberInUse())));
    } catch (RuntimeException e) {
      end(broker, publish, refusal(fault(e)));
    }
  }

  private JsonNode tree(Mqtt5Publish publish) {
    try {
      JsonNode tree = json.readTree(publish.getPayloadAsBytes());
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      LOG.debugf(e, "Output %s: a trigger is no JSON", output);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    throw new FaultException(Fault.BAD_FIELD, "The trigger is no JSON object such as {\"camera\": \"top\", \"partId\": \"SN-1\"}. No picture was taken.");
  }

  private static Optional<String> text(JsonNode asked, String field) {
    JsonNode value = asked.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.asText().strip();
    if (!value.isValueNode() || text.isEmpty() || text.length() > LONGEST_LABEL || text.chars().anyMatch(Character::isISOControl)) {
      throw new FaultException(Fault.BAD_FIELD, field + " must be 1 to " + LONGEST_LABEL + " characters. No picture was taken.");
    }
    return Optional.of(text);
  }

  private byte[] refusal(FaultException e) {
    LOG.warnf("Output %s: a command was not obeyed: %s", output, e.detail());
    return messages.bytes(Map.of("code", e.fault().code(), "detail", e.detail()));
  }

  private void end(Mqtt5AsyncClient broker, Mqtt5Publish asked, byte[] answer) {
    underWay.decrementAndGet();
    answer(broker, asked, answer);
  }

  private static void answer(Mqtt5AsyncClient broker, Mqtt5Publish asked, byte[] answer) {
    Optional<MqttTopic> topic = asked.getResponseTopic();
    topic.ifPresent(to -> broker.publish(Mqtt5Publish.builder().topic(to).qos(MqttQos.AT_LEAST_ONCE).contentType("application/json").payload(answer)
        .correlationData(asked.getCorrelationData().orElse(null)).build()));
  }
}
