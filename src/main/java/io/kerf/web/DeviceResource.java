package io.kerf.web;

import io.kerf.device.DeviceReading;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Says what the machine is and how it does. */
@Path("/api/device")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Device", description = "The machine that the station runs on.")
public final class DeviceResource {
  private final DeviceCondition condition;

  DeviceResource(DeviceCondition condition) {
    this.condition = condition;
  }

  @GET
  @Operation(summary = "What the machine is and how it does", description = "Board and software, temperatures, power, load, memory, throttling and"
      + " wear of the disk, at most a second old.")
  public DeviceView device() {
    DeviceReading reading = condition.reading();
    return DeviceView.of(reading, condition.complaints(reading));
  }
}
