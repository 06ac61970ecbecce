package io.kerf.station.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySocketTest {
  @TempDir
  private Path folder;

  @Test
  void aMessageArrivesWholeWhateverItsLetters() throws Exception {
    try (NotifyReceiver systemd = new NotifyReceiver(folder.resolve("notify").toString()); NotifySocket socket = new NotifySocket(systemd.name())) {
      socket.send("WATCHDOG=1\nSTATUS=Prüft Teile – alle.");
      assertThat(systemd.hears(Duration.ofSeconds(5), heard -> heard.contains("WATCHDOG=1\nSTATUS=Prüft Teile – alle."))).isTrue();
    }
  }

  @Test
  void anAbstractNameHasNoFile() throws Exception {
    try (NotifyReceiver systemd = new NotifyReceiver("@kerf-" + UUID.randomUUID()); NotifySocket socket = new NotifySocket(systemd.name())) {
      socket.send("READY=1");
      assertThat(systemd.hears(Duration.ofSeconds(5), heard -> heard.contains("READY=1"))).isTrue();
    }
  }

  @Test
  void whereNobodyListensItSaysWhatWasNotTaken() throws Exception {
    try (NotifySocket socket = new NotifySocket(folder.resolve("nobody").toString())) {
      assertThatThrownBy(() -> socket.send("READY=1\nSTATUS=x")).isInstanceOf(IOException.class).hasMessageContaining("did not take \"READY=1\"");
    }
  }

  @Test
  void whatIsNoAddressIsRefused() {
    for (String name : new String[] {"", "/", "vsock:2:1234", "relative/path", "/" + "x".repeat(107)}) {
      assertThatThrownBy(() -> new NotifySocket(name)).as(name).isInstanceOf(IOException.class).hasMessageContaining("NOTIFY_SOCKET");
    }
  }
}
