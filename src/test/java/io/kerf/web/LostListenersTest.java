package io.kerf.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LostListenersTest {
  private static final String REST = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";
  private static final String NETTY = "io.netty.channel.AbstractChannelHandlerContext";

  @Test
  void theLossOfAListenerIsKeptOutOfTheLogAndNothingElse() {
    assertThat(logged(REST, "Exception in SSE server handling", new IOException("Connection reset by peer"))).isFalse();
    assertThat(logged(REST, "Exception in SSE server handling", new ClosedChannelException())).isFalse();
    assertThat(logged(NETTY, "failed already: x(failure: io.netty.channel.StacklessClosedChannelException)", new IllegalReferenceCountException(0))).isFalse();
    assertThat(logged(REST, "Exception in SSE server handling", new IllegalStateException("an event could not be written"))).isTrue();
    assertThat(logged(NETTY, "An exception was thrown by a user handler", new IllegalStateException("unknown"))).isTrue();
    assertThat(logged("io.kerf.station.learning.Learner", "could not be written", new IOException("Input/output error"))).isTrue();
  }

  @Test
  void aCallerWhoHasGoneIsNoFailureOfTheStation() {
    assertThat(LostListeners.isGone(new IOException("java.io.IOException: Failed to write", new IOException("Failed to write", new IOException("Connection has been closed"))))).isTrue();
    assertThat(LostListeners.isGone(new IllegalStateException(new ClosedChannelException()))).isTrue();
    assertThat(LostListeners.isGone(new IllegalArgumentException("Stream no longer exists: 43"))).isTrue();
    assertThat(LostListeners.isGone(null)).isFalse();
    assertThat(LostListeners.isGone(new IOException("No space left on device"))).isFalse();
    assertThat(LostListeners.isGone(new IllegalStateException("Connection has been closed"))).isFalse();
  }

  private static boolean logged(String logger, String message, Throwable thrown) {
    LogRecord entry = new LogRecord(Level.SEVERE, message);
    entry.setLoggerName(logger);
    entry.setThrown(thrown);
    return new LostListeners().isLoggable(entry);
  }
}
