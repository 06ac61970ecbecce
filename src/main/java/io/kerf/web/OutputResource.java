package io.kerf.web;

import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Output.Status;
import io.kerf.station.output.Outputs;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells how the outputs do. */
@Path("/api/outputs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Outputs", description = "Who is told of verdicts, and how that goes.")
public final class OutputResource {
  private final Outputs outputs;

  OutputResource(Outputs outputs) {
    this.outputs = outputs;
  }

  @Schema(name = "Outputs")
  public record All(List<View> items) {}

  @Schema(name = "Output")
  public record View(String name, @Schema(examples = "mqtt", description = "mqtt, webhook, gpio or modbus.") String kind,
      @Schema(description = "STARTING, WORKS or FAILS.") State state, @Schema(description = "What it does or what keeps it from that, and what to do.") String words,
      Instant since, @Schema(description = "Parts it was told of since it was set up or the station started.") long told, long delivered,
      @Schema(description = "In its outbox.") long waiting, @Schema(description = "Given up beyond max-waiting, or refused for good.") long lost,
      @Schema(nullable = true) Instant lastDeliveredAt) {
    static View of(Status status) {
      return new View(status.name(), status.kind(), status.condition().state(), status.condition().words(), status.condition().since(), status.told(), status.delivered(),
          status.waiting(), status.lost(), status.lastDeliveredAt().orElse(null));
    }
  }

  @GET
  @Operation(summary = "How the outputs do", description = "By name. Which there are stands in the station document.")
  public All all() {
    return new All(outputs.statuses().stream().map(View::of).toList());
  }

  @POST
  @Path("{name}/test")
  @Operation(summary = "Try an output", description = "Hands a part that there is not to an MQTT broker or a webhook, marked by `\"test\": true`, and answers when it has arrived.")
  @APIResponse(responseCode = "204", description = "It arrived.")
  @APIResponse(responseCode = "404", description = "There is no such output.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "409", description = "It drives a machine, which could move.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "502", description = "It did not arrive.", content = @Content(
      mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
  public void test(@PathParam("name") String name) {
    outputs.test(name);
  }
}
