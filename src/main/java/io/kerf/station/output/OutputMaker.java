package io.kerf.station.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.config.document.GpioSettings;
import io.kerf.config.document.ModbusSettings;
import io.kerf.config.document.MqttSettings;
import io.kerf.config.document.WebhookSettings;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Output;
import io.kerf.station.line.RecipeChoice;
import io.kerf.station.line.Triggers;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Makes an output of its settings and starts it. */
final class OutputMaker {
  private final OutcomeTable table;
  private final Messages messages;
  private final ObjectMapper json;
  private final Triggers triggers;
  private final RecipeChoice recipes;
  private final Secrets secrets;
  private final Executor executor;
  private final Clock clock;
  private final LongSupplier nanos;

  OutputMaker(OutcomeTable table, Messages messages, ObjectMapper json, Triggers triggers, RecipeChoice recipes, Secrets secrets, Executor executor, Clock clock,
      LongSupplier nanos) {
    this.table = table;
    this.messages = messages;
    this.json = json;
    this.triggers = triggers;
    this.recipes = recipes;
    this.secrets = secrets;
    this.executor = executor;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** @param settings of an output, of any kind that the station document knows */
  Output make(String station, String name, Object settings) {
    Health health = new Health(name, clock);
    if (settings instanceof MqttSettings mqtt) {
      return mqtt(station, name, mqtt, health);
    } else if (settings instanceof WebhookSettings webhook) {
      return webhook(name, webhook, health);
    } else if (settings instanceof GpioSettings gpio) {
      return new GpioOutput(name, gpio, new KernelGpioChip(gpio.chip()), triggers, health, clock, nanos).start();
    } else if (settings instanceof ModbusSettings modbus) {
      return new ModbusOutput(name, modbus, triggers, recipes, health, clock, nanos).start();
    }
    throw new IllegalArgumentException("no settings of an output: " + settings.getClass());
  }

  private Output mqtt(String station, String name, MqttSettings settings, Health health) {
    Wakes wakes = new Wakes();
    MqttCommands commands = new MqttCommands(name, triggers, recipes, messages, json, executor, nanos);
    MqttPeer peer = new MqttPeer(settings.clientId().orElse("kerf-" + station + "-" + name), settings.prefix().orElse("kerf/" + station), settings, secrets, health, wakes,
        commands, nanos);
    return new OutboxOutput(name, "mqtt", EnumSet.allOf(Verdict.class), settings.outbox(), table, messages, peer, health, wakes, clock, nanos).start();
  }

  private Output webhook(String name, WebhookSettings settings, Health health) {
    Set<Verdict> wanted = settings.when().stream().map(sent -> Verdict.valueOf(sent.name())).collect(Collectors.toCollection(() -> EnumSet.noneOf(Verdict.class)));
    return new OutboxOutput(name, "webhook", wanted, settings.outbox(), table, messages, new WebhookPeer(settings, secrets, health, clock), health, new Wakes(), clock, nanos)
        .start();
  }
}
