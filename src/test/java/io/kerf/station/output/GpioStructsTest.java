package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.document.GpioSettings.Edge;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected bytes are those that a C program has when it fills the structs of linux/gpio.h (6.1) with these values, on x86-64: what is not zero, by offset. */
class GpioStructsTest {
  @Test
  void aRequestForLinesOutIsAsTheKernelReadsIt() {
    assertThat(nonZero(GpioStructs.out(new int[] {5, 6, 13, 300}, true)))
        .isEqualTo("0:05 4:06 8:0d 12:2c01 256:6b657266 288:0a 296:01 320:02 336:0f 560:04");
  }

  @Test
  void aRequestForALineInIsAsTheKernelReadsIt() {
    assertThat(nonZero(GpioStructs.in(17, Edge.FALLING, Duration.ofMillis(5)))).isEqualTo("0:11 256:6b657266 288:24 296:01 320:03 328:8813 336:01 560:01");
  }

  @Test
  void valuesAreAsTheKernelReadsThem() {
    assertThat(nonZero(GpioStructs.values(0b101, 4))).isEqualTo("0:05 8:0f");
  }

  @Test
  void sizesAndNumbersAreThoseOfTheHeader() {
    // sizeof(struct gpio_v2_line_request), offsetof(…, fd), sizeof(struct gpio_v2_line_event), GPIO_V2_GET_LINE_IOCTL, GPIO_V2_LINE_SET_VALUES_IOCTL
    assertThat(new long[] {GpioStructs.REQUEST_BYTES, GpioStructs.REQUEST_FD, GpioStructs.EVENT_BYTES, GpioStructs.GET_LINE, GpioStructs.SET_VALUES})
        .containsExactly(592, 588, 48, 3_260_068_871L, 3_222_320_143L);
  }

  @Test
  void theFileAndTheTimeAreReadWhereTheKernelWritesThem() {
    byte[] request = new byte[592];
    request[588] = 4;
    request[589] = 3;
    assertThat(GpioStructs.file(request)).isEqualTo(0x0304);
    byte[] event = new byte[48];
    event[0] = (byte) 0x88;
    event[7] = 0x11;
    assertThat(GpioStructs.at(event)).isEqualTo(0x1100000000000088L);
  }

  /** The way through the C library is real; the first is no device, the second none of GPIO. */
  @ParameterizedTest
  @ValueSource(strings = {"/dev/no-such-chip", "/dev/null"})
  void whatIsNoChipIsAnErrorOfTheKernelNotACrash(String device) {
    assertThatThrownBy(() -> new KernelGpioChip(device).out(new int[] {1}, false)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new KernelGpioChip(device).in(1, Edge.RISING, Duration.ZERO)).isInstanceOf(IOException.class);
  }

  private static String nonZero(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        text.append(i == 0 || bytes[i - 1] == 0 ? (text.isEmpty() ? "" : " ") + i + ":" : "").append(String.format("%02x", bytes[i]));
      }
    }
    return text.toString();
  }
}
