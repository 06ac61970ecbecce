package io.kerf.station.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What systemd is to hear next, from how the station is now (sd_notify(3)): {@code READY=1} once, when it is ready for the first time;
 * {@code WATCHDOG=1} each time it is alive; {@code STATUS=} when its sentence is another than before. A station that is not alive says so, and
 * no more: systemd restarts what stays silent.
 */
final class ServiceReport {
  /** Longer sentences are cut: systemd takes 4 KiB in one message, and shows one line. */
  private static final int LONGEST_STATUS = 500;

  private boolean started;
  private String told = "";
  private boolean startedBefore;
  private String toldBefore = "";

  /**
   * @param ready counts until it was true once
   * @param alive of no account until then
   * @param sentence what the station says of itself
   * @return empty where there is nothing to say
   */
  Optional<String> next(boolean ready, boolean alive, String sentence) {
    List<String> lines = new ArrayList<>();
    startedBefore = started;
    toldBefore = told;
    if (!started && ready) {
      started = true;
      lines.add("READY=1");
    }
    if (started && alive) {
      lines.add("WATCHDOG=1");
    }
    String status = status(!started ? "Starting: " + sentence : alive ? sentence : "Not alive, to be restarted: " + sentence);
    if (!status.equals(told)) {
      told = status;
      lines.add("STATUS=" + status);
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
  }

  /** The last message was not taken: what it said is said again. */
  void unheard() {
    started = startedBefore;
    told = toldBefore;
  }

  /** One line. */
  private static String status(String sentence) {
    String line = sentence.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_STATUS ? line : line.substring(0, LONGEST_STATUS - 1) + "…";
  }
}
