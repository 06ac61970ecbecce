package io.kerf.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** What is told of a machine at the station's addresses; what is read of machines is tested where it is read. */
@QuarkusTest
@TestProfile(WebProfile.class)
class DeviceResourceTest {
  @Test
  void theMachineSaysWhatItIsAndHowItDoes() {
    when().get("/api/device").then().statusCode(200).body("board", equalTo("NVIDIA Jetson Orin Nano Developer Kit"))
        .body("jetsonLinux", equalTo("36.4.3")).body("jetPack", equalTo("6.2")).body("degraded", equalTo(false)).body("complaints", empty())
        .body("gpuLoad", equalTo(0.374f))
        .body("temperatures.find { it.zone == 'tj-thermal' }.celsius", equalTo(53.062f)).body("rails", hasSize(3)).body("rails[0].name", equalTo("VDD_IN"))
        .body("milliwatts", equalTo(9250.304f)).body("memory.totalBytes", equalTo(7_990_231_040L)).body("memory.availableBytes", equalTo(4_294_967_296L))
        .body("throttling.throttled", equalTo(false)).body("throttling.active", empty())
        .body("throttling.overCurrentEvents", equalTo(52)).body("disks", empty());
  }

  @Test
  void itsHealthIsToldAndNeverDown() {
    when().get("/q/health/ready").then().statusCode(200).body("checks.find { it.name == 'device' }.status", equalTo("UP"))
        .body("checks.find { it.name == 'device' }.data.condition", equalTo("well"))
        .body("checks.find { it.name == 'device' }.data.throttled", equalTo(false))
        .body("checks.find { it.name == 'device' }.data.hottestCelsius", equalTo("53.062"))
        .body("checks.find { it.name == 'device' }.data.complaints", nullValue());
  }

  @Test
  void itsMetricsNameZonesAndRails() {
    when().get("/q/metrics").then().statusCode(200).body(containsString("kerf_device_temperature_celsius{zone=\"gpu-thermal\"} 52.562"))
        .body(containsString("kerf_device_power_watts{rail=\"VDD_IN\"} 9.2503")).body(containsString("kerf_device_gpu_load 0.374"))
        .body(containsString("kerf_device_memory_available_bytes 4.294967296E9"));
  }

  @Test
  void itsAddressIsDescribed() {
    JsonPath openApi = JsonPath.from(given().accept("application/json").get("/q/openapi?format=json").asString());
    assertThat(openApi.getMap("paths").keySet()).contains("/api/device");
    assertThat(openApi.getMap("components.schemas").keySet()).contains("Device", "DeviceThrottling", "DeviceDisk");
  }
}
