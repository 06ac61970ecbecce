package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.ModbusSettings.WordOrder;
import io.kerf.inspection.Verdict;
import io.kerf.station.output.Handshake.ErrorCode;
import io.kerf.station.output.Handshake.Inputs;
import io.kerf.station.output.Handshake.Phase;
import io.kerf.station.output.Handshake.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistersTest {
  private static Handshake done(Verdict verdict) {
    return new Handshake(Phase.DONE, Inputs.LOW, ErrorCode.UNJUDGED, 9, Optional.of(new Result(verdict, Optional.of(41.7), Optional.of(0.0125), false)));
  }

  @ParameterizedTest
  @CsvSource({"OK, 0b0001100", "NG, 0b0010100", "UNJUDGED, 0b0100100"})
  void aResultIsExactlyOneOfOkNgAndError(Verdict verdict, String signals) {
    assertThat(Registers.input(done(verdict), 3, 1, false, WordOrder.HIGH_FIRST)[Registers.SIGNALS]).isEqualTo(Integer.parseInt(signals.substring(2), 2));
  }

  @Test
  void numbersOfTwoRegistersComeInTheOrderThatIsWished() {
    // python3 -c "import struct; print(struct.pack('>f', 41.7).hex(), struct.pack('>f', 0.0125).hex())" : 4226cccd 3c4ccccd
    int[] high = Registers.input(done(Verdict.NG), 40, 70_000, true, WordOrder.HIGH_FIRST);
    assertThat(high).containsExactly(0b1010100, 3, 9, 40, 0x4226, 0xcccd, 0x3c4c, 0xcccd, 1, 70_000 - 65_536);
    int[] low = Registers.input(done(Verdict.NG), 40, 70_000, true, WordOrder.LOW_FIRST);
    assertThat(low).containsExactly(0b1010100, 3, 9, 40, 0xcccd, 0x4226, 0xcccd, 0x3c4c, 70_000 - 65_536, 1);
  }

  @Test
  void withoutAResultThereIsNoNumber() {
    int[] registers = Registers.input(Handshake.START, 0, 0, false, WordOrder.HIGH_FIRST);
    assertThat(registers).containsExactly(1, 0, 0, 0, 0x7fc0, 0, 0x7fc0, 0, 0, 0);
  }

  @Test
  void aPartIdIsReadToItsFirstZero() {
    int[] holding = new int[Registers.HOLDING_REGISTERS];
    assertThat(Registers.partId(address -> holding[address])).isEmpty();
    holding[Registers.PART_ID] = 'S' << 8 | 'N';
    holding[Registers.PART_ID + 1] = '1' << 8;
    holding[Registers.PART_ID + 2] = 'x' << 8;
    assertThat(Registers.partId(address -> holding[address])).contains("SN1");
    holding[Registers.PART_ID + 1] = '1' << 8 | 7;
    assertThat(Registers.partId(address -> holding[address])).contains("SN1?x");
    java.util.Arrays.fill(holding, 'A' << 8 | 'B');
    assertThat(Registers.partId(address -> holding[address])).contains("AB".repeat(32));
  }

  /** What a PLC's programmer reads is what the station does. */
  @ParameterizedTest
  @CsvSource({"discrete input, 0, READY", "discrete input, 1, BUSY", "discrete input, 2, RESULT_VALID", "discrete input, 3, OK", "discrete input, 4, NG", "discrete input, 5, ERROR",
      "discrete input, 6, HEARTBEAT", "coil, 0, TRIGGER", "coil, 1, ACK", "coil, 2, RESET_ERROR", "coil, 3, RECIPE_STROBE", "input register, 1, ERROR_CODE",
      "input register, 2, SEQUENCE", "input register, 3, RECIPE_IN_USE", "input register, 4, SCORE", "input register, 6, P_VALUE", "input register, 8, PART_COUNT",
      "holding register, 1, RECIPE", "holding register, 2, PART_ID"})
  void theDocumentationHasTheMap(String kind, int address, String name) throws Exception {
    assertThat(Registers.class.getDeclaredField(name).getInt(null)).isEqualTo(address);
    assertThat(Files.readString(Path.of("docs/modbus.md"))).containsPattern("\\| " + kind + " \\| " + address + "[^|]*\\| `" + name + "` \\|");
  }
}
