package io.kerf.config.document;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** What no schema can say of outputs. */
final class OutputsCheck {
  private static final String SECTION = "outputs";
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /** Takes a problem: its stable code, what is wrong, and where. */
  interface Problems {
    void add(String code, String message, String... path);
  }

  private final Problems problems;

  private OutputsCheck(Problems problems) {
    this.problems = problems;
  }

  static void check(OutputsSection outputs, Problems problems) {
    OutputsCheck check = new OutputsCheck(problems);
    check.names(outputs);
    outputs.mqtt().forEach(check::mqtt);
    outputs.webhooks().forEach(check::webhook);
    outputs.gpio().forEach(check::gpio);
    check.lines(outputs.gpio());
    outputs.modbus().forEach(check::modbus);
    check.ports(outputs.modbus());
  }

  private void names(OutputsSection outputs) {
    Map<String, String> kinds = new HashMap<>();
    Map.of("mqtt", outputs.mqtt().keySet(), "webhooks", outputs.webhooks().keySet(), "gpio", outputs.gpio().keySet(), "modbus", outputs.modbus().keySet())
        .entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(kind -> kind.getValue().forEach(name -> {
          String other = kinds.putIfAbsent(name, kind.getKey());
          if (other != null) {
            contradiction("is the name of an output under " + other + " too; each output needs a name of its own", SECTION, kind.getKey(), name);
          }
        }));
  }

  private void mqtt(String name, MqttSettings mqtt) {
    if (mqtt.password().isPresent() && mqtt.username().isEmpty()) {
      contradiction("is given without a username", SECTION, "mqtt", name, "password");
    }
    delay(mqtt.outbox(), SECTION, "mqtt", name, "outbox", "catch-up-delay");
  }

  private void webhook(String name, WebhookSettings webhook) {
    within(webhook.timeout(), SHORTEST, Duration.ofSeconds(60), SECTION, "webhooks", name, "timeout");
    delay(webhook.outbox(), SECTION, "webhooks", name, "outbox", "catch-up-delay");
    try {
      URI url = URI.create(webhook.url());
      if (url.getHost() == null) {
        bad("is \"" + webhook.url() + "\" but must name a host", SECTION, "webhooks", name, "url");
      } else if (url.getUserInfo() != null) {
        bad("holds a user or password, and no secret may be in this document; sign with secret instead", SECTION, "webhooks", name, "url");
      } else if (webhook.tls().isPresent() && url.getScheme().equals("http")) {
        contradiction("is given, but the address is http:, which is not encrypted", SECTION, "webhooks", name, "tls");
      }
    } catch (IllegalArgumentException e) {
      bad("is \"" + webhook.url() + "\" but must be an address", SECTION, "webhooks", name, "url");
    }
  }

  private void gpio(String name, GpioSettings gpio) {
    gpio.pulse().ifPresent(hold -> within(hold, Duration.ofMillis(1), Duration.ofSeconds(60), SECTION, "gpio", name, "hold"));
    gpio.trigger().ifPresent(trigger -> within(trigger.debounce(), Duration.ZERO, Duration.ofSeconds(1), SECTION, "gpio", name, "trigger", "debounce"));
    if (results(gpio).count() == 0 && gpio.trigger().isEmpty()) {
      contradiction("names no line", SECTION, "gpio", name);
    }
  }

  private void lines(Map<String, GpioSettings> all) {
    Map<String, String> taken = new HashMap<>();
    all.forEach((name, gpio) -> Stream.concat(results(gpio), gpio.trigger().stream().map(GpioSettings.TriggerLine::line)).forEach(line -> {
      String other = taken.putIfAbsent(gpio.chip() + " " + line, name);
      if (other != null) {
        contradiction("uses line " + line + " of " + gpio.chip() + " twice" + (other.equals(name) ? "" : ": " + other + " has it"), SECTION, "gpio", name);
      }
    }));
  }

  private static Stream<Integer> results(GpioSettings gpio) {
    return Stream.of(gpio.ok(), gpio.ng(), gpio.error(), gpio.ready()).filter(OptionalInt::isPresent).map(OptionalInt::getAsInt);
  }

  private void modbus(String name, ModbusSettings modbus) {
    within(modbus.ackTimeout(), SHORTEST, Duration.ofMinutes(10), SECTION, "modbus", name, "ack-timeout");
  }

  private void ports(Map<String, ModbusSettings> all) {
    Set<Integer> taken = new HashSet<>();
    all.forEach((name, modbus) -> {
      if (!taken.add(modbus.port())) {
        contradiction("is " + modbus.port() + ", on which another of these listens", SECTION, "modbus", name, "port");
      }
    });
  }

  private void delay(OutboxSettings outbox, String... path) {
    within(outbox.catchUpDelay(), Duration.ZERO, Duration.ofMinutes(10), path);
  }

  private void within(Duration value, Duration least, Duration most, String... path) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      bad("is " + value.toMillis() + " ms but must be " + least.toMillis() + " ms to " + most.toMillis() + " ms", path);
    }
  }

  private void bad(String message, String... path) {
    problems.add(DocumentProblem.BAD_VALUE, message, path);
  }

  private void contradiction(String message, String... path) {
    problems.add(DocumentProblem.CONTRADICTION, message, path);
  }
}
