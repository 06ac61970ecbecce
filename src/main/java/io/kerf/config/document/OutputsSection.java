package io.kerf.config.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who is told of verdicts, each by a name that no other output has, whatever its kind. */
public record OutputsSection(Map<String, MqttSettings> mqtt, Map<String, WebhookSettings> webhooks, Map<String, GpioSettings> gpio, Map<String, ModbusSettings> modbus) {
  public static final OutputsSection DEFAULT = new OutputsSection(null, null, null, null);

  public OutputsSection {
    mqtt = kept(mqtt);
    webhooks = kept(webhooks);
    gpio = kept(gpio);
    modbus = kept(modbus);
  }

  private static <T> Map<String, T> kept(Map<String, T> named) {
    return named == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(named));
  }

  /** All of them by name, each with its settings. */
  public Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>(mqtt);
    all.putAll(webhooks);
    all.putAll(gpio);
    all.putAll(modbus);
    return all;
  }
}
