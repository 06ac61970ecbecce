package io.kerf.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.DocumentReader.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputsSectionTest {
  private static Reading read(String outputs) {
    return DocumentReader.read(("schema: 1\noutputs:\n" + outputs.indent(2) + "sources: {cameras: {top: {pipeline: videotestsrc, mode: triggered}, free: {pipeline: videotestsrc}}}\n").getBytes(StandardCharsets.UTF_8));
  }

  private static OutputsSection good(String outputs) {
    Reading reading = read(outputs);
    assertThat(reading).as(reading.toString()).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).document().outputs();
  }

  @Test
  void whatIsLeftOutIsAsDocumented() {
    OutputsSection outputs = good("""
        mqtt: {plant: {host: broker}}
        webhooks: {mes: {url: "https://mes.example/kerf"}}
        gpio: {lights: {ng: 6}}
        modbus: {plc: {}}
        """);
    MqttSettings mqtt = outputs.mqtt().get("plant");
    assertThat(mqtt.portInUse()).isEqualTo(1883);
    assertThat(mqtt.commands()).isFalse();
    assertThat(mqtt.keepAliveSeconds()).isEqualTo(30);
    assertThat(mqtt.outbox()).isEqualTo(new OutboxSettings(1_000_000, 50, Duration.ofSeconds(10)));
    WebhookSettings webhook = outputs.webhooks().get("mes");
    assertThat(webhook.when()).containsExactly(WebhookSettings.Sent.OK, WebhookSettings.Sent.NG, WebhookSettings.Sent.UNJUDGED);
    assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(5));
    GpioSettings gpio = outputs.gpio().get("lights");
    assertThat(gpio.chip()).isEqualTo("/dev/gpiochip0");
    assertThat(gpio.pulse()).contains(Duration.ofMillis(100));
    assertThat(gpio.activeLow()).isFalse();
    assertThat(outputs.modbus().get("plc")).isEqualTo(new ModbusSettings("0.0.0.0", 1502, 1, 4, Optional.empty(), Duration.ofSeconds(2), ModbusSettings.Follow.TRIGGERED,
        ModbusSettings.WordOrder.HIGH_FIRST));
    assertThat(outputs.all()).containsOnlyKeys("plant", "mes", "lights", "plc");
  }

  @Test
  void aCameraThatAnOutputAsksMustBeThereAndWaitToBeAsked() {
    assertThat(((Reading.Bad) read("gpio: {lights: {ng: 6, trigger: {line: 1, camera: side}}}\nmodbus: {plc: {camera: free}}\n")).problems()).extracting(DocumentProblem::toString)
        .containsExactly("line 3: outputs.gpio.lights.trigger.camera: is side, which is no camera of this document: sources.cameras has top, free",
            "line 4: outputs.modbus.plc.camera: is free, which does not wait to be asked: have sources.cameras.free.mode be triggered");
  }

  @Test
  void everyKeyIsRead() {
    OutputsSection outputs = good("""
        mqtt:
          plant:
            host: broker
            prefix: plant/a/kerf
            client-id: a
            tls: {ca-file: /ca, certificate-file: /c, key-file: /k}
            username: u
            password: {credential: mqtt}
            commands: true
            keep-alive-seconds: 10
            outbox: {max-waiting: 100, catch-up-rate: 5, catch-up-delay: 1m}
        webhooks:
          mes: {url: "https://mes/x", secret: {file: /s}, tls: {}, when: [NG], timeout: 300ms}
        gpio:
          lights: {chip: /dev/gpiochip1, ok: 1, ng: 2, error: 3, ready: 4, active-low: true, hold: until-trigger, trigger: {line: 5, edge: falling, debounce: 1ms, camera: top}}
        modbus:
          plc: {host: 10.0.0.1, port: 502, unit: 255, max-clients: 1, camera: top, ack-timeout: 1m, follow: all, word-order: low-first}
        """);
    assertThat(outputs.mqtt().get("plant").portInUse()).isEqualTo(8883);
    assertThat(outputs.mqtt().get("plant").password()).contains(new SecretSettings(null, Optional.of("mqtt")));
    assertThat(outputs.mqtt().get("plant").outbox()).isEqualTo(new OutboxSettings(100, 5, Duration.ofMinutes(1)));
    assertThat(outputs.webhooks().get("mes").when()).containsExactly(WebhookSettings.Sent.NG);
    assertThat(outputs.gpio().get("lights").pulse()).isEmpty();
    assertThat(outputs.gpio().get("lights").error()).isEqualTo(OptionalInt.of(3));
    assertThat(outputs.gpio().get("lights").trigger()).contains(new GpioSettings.TriggerLine(5, GpioSettings.Edge.FALLING, Duration.ofMillis(1), "top"));
    assertThat(outputs.modbus().get("plc").follow()).isEqualTo(ModbusSettings.Follow.ALL);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "mqtt: {plant: {}}                                            | outputs.mqtt.plant.host",
      "mqtt: {plant: {host: b, password: {file: /p}}}               | outputs.mqtt.plant.password",
      "mqtt: {plant: {host: b, username: u, password: {}}}          | outputs.mqtt.plant.password",
      "mqtt: {plant: {host: b, prefix: a/#}}                        | outputs.mqtt.plant.prefix",
      "mqtt: {plant: {host: b, outbox: {catch-up-delay: 1h}}}       | outputs.mqtt.plant.outbox.catch-up-delay",
      "mqtt: {plant: {host: b, outbox: {max-waiting: 99}}}          | outputs.mqtt.plant.outbox.max-waiting",
      "mqtt: {Plant: {host: b}}                                     | outputs.mqtt.Plant",
      "mqtt: {a: {host: b, tls: {key-file: /k}}}                    | outputs.mqtt.a.tls",
      "webhooks: {mes: {url: 'ftp://x'}}                            | outputs.webhooks.mes.url",
      "webhooks: {mes: {url: 'http://u:secret@x/'}}                 | outputs.webhooks.mes.url",
      "webhooks: {mes: {url: 'http://x/', tls: {}}}                 | outputs.webhooks.mes.tls",
      "webhooks: {mes: {url: 'http://x/', timeout: 61s}}            | outputs.webhooks.mes.timeout",
      "webhooks: {mes: {url: 'http://x/', when: []}}                | outputs.webhooks.mes.when",
      "gpio: {a: {}}                                                | outputs.gpio.a",
      "gpio: {a: {ok: 1, ng: 1}}                                    | outputs.gpio.a",
      "gpio: {a: {ok: 1}, b: {ng: 1}}                               | outputs.gpio.b",
      "gpio: {a: {ok: 1, hold: 61s}}                                | outputs.gpio.a.hold",
      "gpio: {a: {ok: 1, chip: ../etc}}                             | outputs.gpio.a.chip",
      "gpio: {a: {trigger: {line: 1, camera: t, debounce: 2s}}}     | outputs.gpio.a.trigger.debounce",
      "modbus: {a: {}, b: {}}                                       | outputs.modbus.b.port",
      "modbus: {a: {ack-timeout: 1ms}}                              | outputs.modbus.a.ack-timeout",
      "modbus: {a: {max-clients: 65}}                               | outputs.modbus.a.max-clients"})
  void whatDoesNotGoTogetherIsToldWithItsPlace(String outputs, String path) {
    assertThat(read(outputs)).isInstanceOfSatisfying(Reading.Bad.class, bad -> assertThat(bad.problems()).extracting(DocumentProblem::path).contains(path));
  }

  @Test
  void anOutputsNameIsItsOwnWhateverItsKind() {
    assertThat(read("mqtt: {a: {host: b}}\nmodbus: {a: {}}")).isInstanceOfSatisfying(Reading.Bad.class,
        bad -> assertThat(bad.problems()).extracting(DocumentProblem::path).isEqualTo(List.of("outputs.mqtt.a")));
  }
}
