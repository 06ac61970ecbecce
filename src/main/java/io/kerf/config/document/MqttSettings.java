package io.kerf.config.document;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An MQTT 5 broker.
 *
 * @param host name or address
 * @param port 1 to 65535; 1883 where absent, 8883 with {@code tls}
 * @param prefix what topics begin with, without a slash at its end; {@code kerf/<id of the station>} where absent
 * @param clientId what the broker calls the station; {@code kerf-<id of the station>-<name of the output>} where absent
 * @param tls encrypted where present, {@code {}} for the certificates that Java trusts
 * @param username of the station at the broker
 * @param password of that user; never in the document
 * @param commands whether {@code <prefix>/trigger} and {@code <prefix>/recipe} are obeyed: whoever may write there moves the line. No by default
 * @param keepAliveSeconds 5 to 3600, after which a silent broker counts as gone; 30 by default
 * @param outbox what waits while the broker is away
 */
public record MqttSettings(String host, OptionalInt port, Optional<String> prefix, Optional<String> clientId, Optional<TlsSettings> tls, Optional<String> username,
    Optional<SecretSettings> password, Boolean commands, Integer keepAliveSeconds, OutboxSettings outbox) {
  public MqttSettings {
    port = port == null ? OptionalInt.empty() : port;
    prefix = prefix == null ? Optional.empty() : prefix;
    clientId = clientId == null ? Optional.empty() : clientId;
    tls = tls == null ? Optional.empty() : tls;
    username = username == null ? Optional.empty() : username;
    password = password == null ? Optional.empty() : password;
    commands = commands != null && commands;
    keepAliveSeconds = keepAliveSeconds == null ? 30 : keepAliveSeconds;
    outbox = outbox == null ? OutboxSettings.DEFAULT : outbox;
  }

  public int portInUse() {
    return port.orElse(tls.isPresent() ? 8883 : 1883);
  }
}
