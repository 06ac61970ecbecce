package io.kerf.config.document;

import java.time.Duration;
import java.util.Optional;

/**
 * A Modbus TCP server for PLCs.
 *
 * @param host address that it listens on; all of them by default. Modbus knows no login: keep it on the machine's own network
 * @param port 1 to 65535; 1502 by default, as the usual 502 needs the right to bind it
 * @param unit number that it answers to, 0 to 255; 1 by default
 * @param maxClients 1 to 64 connections; 4 by default
 * @param camera that takes the picture when the PLC triggers; none by default, so that a trigger is an error
 * @param ackTimeout how long a result waits for the PLC's acknowledgement before the station is ready again, 100 ms to 10 min; 2 s by default
 * @param follow whether results of parts that this PLC did not trigger are shown; {@code triggered} by default
 * @param wordOrder of numbers that take two registers; {@code high-first} by default
 */
public record ModbusSettings(String host, Integer port, Integer unit, Integer maxClients, Optional<String> camera, Duration ackTimeout, Follow follow,
    WordOrder wordOrder) {
  public ModbusSettings {
    host = host == null ? "0.0.0.0" : host;
    port = port == null ? 1502 : port;
    unit = unit == null ? 1 : unit;
    maxClients = maxClients == null ? 4 : maxClients;
    camera = camera == null ? Optional.empty() : camera;
    ackTimeout = ackTimeout == null ? Duration.ofSeconds(2) : ackTimeout;
    follow = follow == null ? Follow.TRIGGERED : follow;
    wordOrder = wordOrder == null ? WordOrder.HIGH_FIRST : wordOrder;
  }

  public enum Follow {
    TRIGGERED,
    ALL
  }

  public enum WordOrder {
    HIGH_FIRST,
    LOW_FIRST
  }
}
