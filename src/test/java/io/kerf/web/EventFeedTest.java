package io.kerf.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private final AtomicInteger dropped = new AtomicInteger();
  private final EventFeed feed = new EventFeed(3, dropped::incrementAndGet);

  @Test
  void aListenerThatReadsGetsEveryEventInOrder() {
    AssertSubscriber<OutboundSseEvent> listener = feed.stream().subscribe().withSubscriber(AssertSubscriber.create(100));
    IntStream.range(0, 10).forEach(i -> feed.offer(event(i)));
    assertThat(listener.getItems()).extracting(OutboundSseEvent::getData).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(dropped).hasValue(0);
  }

  @Test
  void aListenerThatDoesNotReadKeepsTheNewestEvents() {
    AssertSubscriber<OutboundSseEvent> listener = feed.stream().subscribe().withSubscriber(AssertSubscriber.create(0));
    IntStream.range(0, 10).forEach(i -> feed.offer(event(i)));
    listener.request(100);
    assertThat(listener.getItems()).extracting(OutboundSseEvent::getData).containsExactly("7", "8", "9");
    assertThat(dropped).hasValue(7);
  }

  @Test
  void theStreamEndsAfterWhatWasYetToBeRead() {
    AssertSubscriber<OutboundSseEvent> listener = feed.stream().subscribe().withSubscriber(AssertSubscriber.create(0));
    feed.offer(event(1));
    feed.end();
    listener.request(100);
    assertThat(listener.getItems()).extracting(OutboundSseEvent::getData).containsExactly("1");
    listener.assertCompleted();
  }

  @Test
  void anEventForAListenerThatLeftHarmsNobody() {
    AssertSubscriber<OutboundSseEvent> listener = feed.stream().subscribe().withSubscriber(AssertSubscriber.create(100));
    listener.cancel();
    feed.offer(event(1));
    assertThat(listener.getItems()).isEmpty();
  }

  private static OutboundSseEvent event(int i) {
    return new OutboundSseEventImpl.BuilderImpl().data(String.class, String.valueOf(i)).build();
  }
}
