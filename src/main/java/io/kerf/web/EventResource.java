package io.kerf.web;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Sends what happens, as it happens. */
@Path("/api/events")
@Blocking
@Tag(name = "Station")
public final class EventResource {
  private final EventClients clients;

  EventResource(EventClients clients) {
    this.clients = clients;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(summary = "What happens, as it happens",
      description = "Server-sent events: `station` (as /api/station answers) at once and when it changes, `inspection` (as /api/inspections/{id} "
          + "answers) for each part, a comment every 15 seconds. A listener that reads too slowly misses the oldest events.")
  public Multi<OutboundSseEvent> events() {
    return clients.listen();
  }
}
