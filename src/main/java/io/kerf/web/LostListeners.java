package io.kerf.web;

import io.quarkus.logging.LoggingFilter;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler;

/**
 * Keeps out of the log that a listener went away while an event was on its way to it: a page that was closed, a network that was cut.
 * REST reports it as an error with a stack, Netty with another where the answer is ended on the closed channel, and Quarkus with a third where a page is left
 * while one of its files is on its way over HTTP/2. What else these three report stays.
 */
@LoggingFilter(name = "lost-listeners")
public final class LostListeners implements Filter {
  private static final Set<String> LOGGERS = Set.of(PublisherResponseHandler.class.getName(), "io.netty.channel.AbstractChannelHandlerContext");

  private static final String FILES = "io.quarkus.vertx.http.runtime.QuarkusErrorHandler";

  @Override
  public boolean isLoggable(LogRecord entry) {
    if (FILES.equals(entry.getLoggerName())) {
      return !isGone(entry.getThrown());
    }
    return !LOGGERS.contains(entry.getLoggerName()) || !isLoss(entry);
  }

  /** Whether an answer could not be written as whoever asked has gone, such as from a page to the next. */
  static boolean isGone(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(e -> e instanceof ClosedChannelException || e instanceof IOException && "Connection has been closed".equals(e.getMessage())
            || e instanceof IllegalArgumentException && String.valueOf(e.getMessage()).startsWith("Stream no longer exists"));
  }

  private static boolean isLoss(LogRecord entry) {
    return entry.getThrown() instanceof IOException || String.valueOf(entry.getMessage()).contains("ClosedChannelException");
  }
}
