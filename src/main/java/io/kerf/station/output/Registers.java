package io.kerf.station.output;

import io.kerf.config.document.ModbusSettings.WordOrder;
import io.kerf.inspection.Verdict;
import io.kerf.station.output.Handshake.Inputs;
import io.kerf.station.output.Handshake.Phase;
import io.kerf.station.output.Handshake.Result;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The register map, as {@code docs/modbus.md} has it. Addresses begin at 0. Discrete inputs are the bits of input register 0, coils those of holding register 0;
 * a signal of the PLC is up where either its coil or its bit is.
 */
final class Registers {
  /** Discrete inputs, and bits of input register 0. */
  static final int READY = 0;
  static final int BUSY = 1;
  static final int RESULT_VALID = 2;
  static final int OK = 3;
  static final int NG = 4;
  static final int ERROR = 5;
  static final int HEARTBEAT = 6;
  static final int SIGNALS_OUT = 7;

  /** Coils, and bits of holding register 0. */
  static final int TRIGGER = 0;
  static final int ACK = 1;
  static final int RESET_ERROR = 2;
  static final int RECIPE_STROBE = 3;
  static final int SIGNALS_IN = 4;

  /** Input registers. */
  static final int SIGNALS = 0;
  static final int ERROR_CODE = 1;
  static final int SEQUENCE = 2;
  static final int RECIPE_IN_USE = 3;
  static final int SCORE = 4;
  static final int P_VALUE = 6;
  static final int PART_COUNT = 8;
  static final int INPUT_REGISTERS = 10;

  /** Holding registers after the signals. */
  static final int RECIPE = 1;
  static final int PART_ID = 2;
  static final int PART_ID_REGISTERS = 32;
  static final int HOLDING_REGISTERS = PART_ID + PART_ID_REGISTERS;

  private Registers() {}

  /**
   * Input registers.
   *
   * @param recipe number of the recipe in use, 0 where it has none
   * @param parts results shown since the start
   */
  static int[] input(Handshake state, int recipe, long parts, boolean heartbeat, WordOrder order) {
    int[] registers = new int[INPUT_REGISTERS];
    registers[SIGNALS] = signals(state, heartbeat);
    registers[ERROR_CODE] = state.error().number();
    registers[SEQUENCE] = state.sequence();
    registers[RECIPE_IN_USE] = recipe;
    put(registers, SCORE, bits(state.result().flatMap(Result::score)), order);
    put(registers, P_VALUE, bits(state.result().flatMap(Result::pValue)), order);
    put(registers, PART_COUNT, (int) parts, order);
    return registers;
  }

  private static int signals(Handshake state, boolean heartbeat) {
    Optional<Verdict> verdict = state.result().map(Result::verdict);
    return bit(READY, state.phase() == Phase.READY) | bit(BUSY, state.phase() == Phase.BUSY || state.phase() == Phase.CHANGING) | bit(RESULT_VALID, verdict.isPresent())
        | bit(OK, verdict.filter(Verdict.OK::equals).isPresent()) | bit(NG, verdict.filter(Verdict.NG::equals).isPresent())
        | bit(ERROR, verdict.filter(Verdict.UNJUDGED::equals).isPresent()) | bit(HEARTBEAT, heartbeat);
  }

  private static int bit(int place, boolean set) {
    return set ? 1 << place : 0;
  }

  /** IEEE 754, single; not a number where there is none. */
  private static int bits(Optional<Double> value) {
    return Float.floatToIntBits(value.map(Double::floatValue).orElse(Float.NaN));
  }

  private static void put(int[] registers, int at, int value, WordOrder order) {
    boolean high = order == WordOrder.HIGH_FIRST;
    registers[high ? at : at + 1] = value >>> 16;
    registers[high ? at + 1 : at] = value & 0xffff;
  }

  /** @param signals coils and bits of holding register 0, one over the other */
  static Inputs inputs(int signals) {
    return new Inputs((signals & 1 << TRIGGER) != 0, (signals & 1 << ACK) != 0, (signals & 1 << RESET_ERROR) != 0, (signals & 1 << RECIPE_STROBE) != 0);
  }

  /** The part id that a PLC wrote: ASCII, two characters a register, the first in the high byte, to the first zero; empty where it wrote none. */
  static Optional<String> partId(IntUnaryOperator holding) {
    byte[] bytes = new byte[2 * PART_ID_REGISTERS];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int value = holding.applyAsInt(PART_ID + i / 2) >>> (i % 2 == 0 ? 8 : 0) & 0xff;
      if (value == 0) {
        break;
      }
      bytes[length++] = (byte) (value < ' ' || value > '~' ? '?' : value);
    }
    return Optional.of(new String(bytes, 0, length, StandardCharsets.US_ASCII).strip()).filter(id -> !id.isEmpty());
  }
}
