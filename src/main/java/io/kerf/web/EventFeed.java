package io.kerf.web;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.ArrayDeque;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;

/**
 * What one listener has yet to read. It takes the next event when the last one is on its way; where it reads slower than parts come,
 * its oldest events are dropped, and no other listener notices.
 */
final class EventFeed {
  private static final OutboundSseEvent END = new OutboundSseEventImpl.BuilderImpl().comment("end").build();

  private final int capacity;
  private final Runnable dropped;
  private final ArrayDeque<OutboundSseEvent> events = new ArrayDeque<>();
  private UniEmitter<? super OutboundSseEvent> reader;

  EventFeed(int capacity, Runnable dropped) {
    this.capacity = capacity;
    this.dropped = dropped;
  }

  /** Never waits. */
  void offer(OutboundSseEvent event) {
    UniEmitter<? super OutboundSseEvent> waiting;
    synchronized (this) {
      waiting = reader;
      reader = null;
      if (waiting == null) {
        if (events.size() == capacity) {
          events.removeFirst();
          dropped.run();
        }
        events.addLast(event);
      }
    }
    if (waiting != null) {
      waiting.complete(event);
    }
  }

  /** For one listener; goes on until {@link #end()}. */
  Multi<OutboundSseEvent> stream() {
    return Multi.createBy().repeating().uni(() -> Uni.createFrom().<OutboundSseEvent>emitter(this::take)).whilst(event -> event != END)
        .select().where(event -> event != END);
  }

  /** Ends the stream in an orderly way, after what the listener has yet to read. */
  void end() {
    offer(END);
  }

  private void take(UniEmitter<? super OutboundSseEvent> emitter) {
    OutboundSseEvent next;
    synchronized (this) {
      next = events.pollFirst();
      if (next == null) {
        reader = emitter;
      }
    }
    if (next != null) {
      emitter.complete(next);
    }
  }
}
