package io.kerf.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kerf.device.DiskWear.Spare;
import io.kerf.device.Throttling.CoolingDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceReadingTest {
  private static final DeviceReading NOTHING = new DeviceReading(Optional.empty(), Optional.empty(), OptionalDouble.empty(), List.of(), List.of(),
      Optional.empty(), new Throttling(List.of(), OptionalLong.empty()), List.of());

  @TempDir
  private Path root;

  private static PowerRail rail(String name, double milliwatts) {
    return new PowerRail(name, OptionalDouble.of(milliwatts));
  }

  private DeviceReading read() {
    return DeviceReading.read(new SystemFiles(root));
  }

  @Test
  void anOrinWithJetPack6TellsAll() {
    Boards.orinNano(root);
    DeviceReading reading = read();
    assertThat(reading.board()).hasValue("NVIDIA Jetson Orin Nano Developer Kit");
    assertThat(reading.jetsonLinux()).hasValue(new JetsonLinux("36.4.3"));
    assertThat(reading.jetsonLinux().flatMap(JetsonLinux::jetPack)).hasValue("6.2");
    assertThat(reading.gpuLoad()).hasValue(0.374);
    assertThat(reading.temperatures()).containsExactly(new Temperature("cpu-thermal", 51.718), new Temperature("gpu-thermal", 52.562),
        new Temperature("tj-thermal", 53.062));
    assertThat(reading.hottest()).hasValue(new Temperature("tj-thermal", 53.062));
    assertThat(reading.rails()).extracting(PowerRail::name).containsExactly("VDD_IN", "VDD_CPU_GPU_CV", "VDD_SOC");
    assertThat(reading.totalMilliwatts().getAsDouble()).isCloseTo(4.984 * 1.856 * 1000, within(1e-6));
    assertThat(reading.totalMilliwatts()).isEqualTo(reading.rails().get(0).milliwatts());
    assertThat(reading.memory()).hasValue(new Memory(7_802_960L * 1024, 4L << 30));
    assertThat(reading.throttling()).as("neither a fan nor a surface that is hot to the touch slows anything")
        .isEqualTo(new Throttling(List.of(), OptionalLong.of(52)));
    assertThat(reading.disks()).isEmpty();
  }

  @Test
  void anOrinWithJetPack72TellsAllAndSumsItsRails() {
    Boards.agxOrin(root);
    DeviceReading reading = read();
    assertThat(reading.jetsonLinux().flatMap(JetsonLinux::jetPack)).hasValue("7.2");
    assertThat(reading.rails()).containsExactly(rail("VDD_GPU_SOC", 4800), rail("VDD_CPU_CV", 2400), rail("VIN_SYS_5V0", 4800), rail("VDDQ_VDD2_1V8AO", 400));
    assertThat(reading.totalMilliwatts()).hasValue(12_400);
    assertThat(reading.disks()).as("the worse of two estimates, and no boot area")
        .containsExactly(new DiskWear("mmcblk0", OptionalDouble.of(0.2), Optional.of(Spare.NORMAL)));
  }

  @Test
  void aThorTellsItsInputAndWhatThrottlesIt() {
    Boards.thor(root);
    DeviceReading reading = read();
    assertThat(reading.board()).hasValue("NVIDIA Jetson AGX Thor Developer Kit");
    assertThat(reading.jetsonLinux().flatMap(JetsonLinux::jetPack)).hasValue("7.1");
    assertThat(reading.gpuLoad()).isEmpty();
    assertThat(reading.rails()).extracting(PowerRail::name).containsExactly("VDD_GPU", "VDD_CPU_SOC_MSS", "VIN_SYS_5V0", "VIN");
    assertThat(reading.totalMilliwatts()).hasValue(77_250);
    assertThat(reading.throttling().throttled()).isTrue();
    assertThat(reading.throttling()).isEqualTo(new Throttling(List.of(new CoolingDevice("gpu-throttle-alert", 1, OptionalLong.of(2)),
        new CoolingDevice("devfreq-gpu-gpc-0", 18, OptionalLong.of(169))), OptionalLong.empty()));
  }

  @Test
  void anOrdinaryMachineTellsWhatItHas() {
    Boards.pc(root);
    DeviceReading reading = read();
    assertThat(reading.board()).hasValue("NUC11TNHi5");
    assertThat(reading.jetsonLinux()).isEmpty();
    assertThat(reading.temperatures()).extracting(Temperature::zone).as("each has a name of its own").containsExactly("acpitz", "acpitz 2", "x86_pkg_temp");
    assertThat(reading.totalMilliwatts()).isEmpty();
    assertThat(reading.throttling().throttled()).isFalse();
  }

  @Test
  void aMachineThatTellsNothingIsReadAllTheSame() {
    assertThat(read()).isEqualTo(NOTHING);
    assertThat(DeviceReading.read(new SystemFiles(root.resolve("none")))).isEqualTo(NOTHING);
  }

  @Test
  void thisMachineIsReadWithoutAFailure() {
    assertThat(DeviceReading.read(new SystemFiles(Path.of("/"))).memory()).hasValueSatisfying(memory -> assertThat(memory.availableBytes()).isPositive());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "NotSupported\n", "n/a", "soon", "12.5", "99999999999999999999", "\0\0"})
  void whatIsNonsenseIsAbsentAndCostsNothingElse(String nonsense) throws IOException {
    Boards.orinNano(root);
    try (var all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).filter(path -> !path.endsWith("meminfo")).toList()) {
        Files.writeString(file, nonsense);
      }
    }
    DeviceReading reading = read();
    assertThat(reading.memory()).isPresent();
    assertThat(new DeviceReading(reading.board().filter(name -> !name.equals(nonsense)), reading.jetsonLinux(), reading.gpuLoad(), reading.temperatures(),
        reading.rails(), Optional.empty(), reading.throttling(), reading.disks())).isEqualTo(NOTHING);
  }

  @Test
  void oneFileThatFailsCostsItsOwnValueAlone() throws IOException {
    SystemTree tree = Boards.orinNano(root);
    for (String file : List.of("sys/class/thermal/thermal_zone1/temp", "sys/bus/i2c/devices/1-0040/hwmon/hwmon1/curr2_input",
        "sys/class/thermal/cooling_device0/cur_state")) {
      Files.delete(root.resolve(file));
      tree.failing(file);
    }
    DeviceReading reading = read();
    assertThat(reading.temperatures()).extracting(Temperature::zone).containsExactly("cpu-thermal", "tj-thermal");
    assertThat(reading.rails()).filteredOn(rail -> rail.milliwatts().isPresent()).extracting(PowerRail::name).containsExactly("VDD_IN", "VDD_SOC");
    assertThat(reading.totalMilliwatts()).isPresent();
    assertThat(reading.gpuLoad()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1000, 1", "1001, ", "-1, "})
  void loadIsAShareOfAThousand(String told, Double load) {
    new SystemTree(root).file("sys/devices/platform/gpu.0/load", told + "\n");
    assertThat(read().gpuLoad()).isEqualTo(load == null ? OptionalDouble.empty() : OptionalDouble.of(load));
  }

  @Test
  void chipsThatAreShownByTheirClassAloneAreFoundAndNoneTwice() {
    for (String chip : List.of("sys/class/hwmon/hwmon0/", "sys/class/hwmon/hwmon1/")) {
      new SystemTree(root).file(chip + "name", "ina3221\n").file(chip + "in1_label", "VDD_IN\n").file(chip + "in1_input", "5000\n")
          .file(chip + "curr1_input", "1000\n").file(chip + "in7_label", "sum of shunt voltages\n")
          .file(chip + "in7_input", "4000\n").file(chip + "curr4_input", "9000\n");
    }
    assertThat(read().rails()).containsExactly(rail("VDD_IN", 5000));
  }

  @Test
  void aSumThatLacksARailIsNone() throws IOException {
    Boards.agxOrin(root);
    Files.writeString(root.resolve("sys/bus/i2c/devices/1-0041/hwmon/hwmon2/curr2_input"), "NotSupported\n");
    assertThat(read().rails()).hasSize(4);
    assertThat(read().totalMilliwatts()).isEmpty();
    Boards.thor(root);
    assertThat(read().totalMilliwatts()).as("the whole input tells").hasValue(77_250);
    Files.delete(root.resolve("sys/class/hwmon/hwmon4/power1_input"));
    assertThat(read().totalMilliwatts()).as("19.8 V and 3.9 A").hasValue(77_220);
    Files.delete(root.resolve("sys/class/hwmon/hwmon4/curr1_input"));
    assertThat(read().totalMilliwatts()).as("its parts are less than it").isEmpty();
  }

  @Test
  void aZoneWithoutATypeIsCalledByItsFolder() {
    new SystemTree(root).file("sys/class/thermal/thermal_zone3/temp", "40000\n");
    assertThat(read().temperatures()).containsExactly(new Temperature("thermal_zone3", 40));
  }

  @Test
  void aRailThatIsOffTakesNothing() {
    new SystemTree(root).rail("1-0040", 1, "VDD_GPU", 12_000, -33);
    assertThat(read().rails()).containsExactly(rail("VDD_GPU", 0));
  }

  @Test
  void aChipWithALabelOfItsOwnIsCalledByItAndItsPowerMayHaveToBeComputed() {
    String chip = "sys/class/hwmon/hwmon4/";
    new SystemTree(root).file(chip + "name", "ina238\n").file(chip + "label", "VIN_CARRIER\n")
        .file(chip + "in1_input", "20000\n").file(chip + "curr1_input", "1500\n");
    assertThat(read().rails()).containsExactly(rail("VIN_CARRIER", 30_000));
  }

  @ParameterizedTest
  @CsvSource({"0x01 0x01, 0x01, 0.1, NORMAL", "0x03 0x0A, 0x02, 1.0, WARNING", "0x0B 0x01, 0x03, 1.1, URGENT", "0x00 0x04, 0x00, 0.4, ",
      "0x00 0x00, 0x01, , NORMAL", "0xFF 0x02, 0x09, 0.2, "})
  void wearIsToldInTenths(String lifeTime, String spareBlocks, Double share, Spare spare) {
    new SystemTree(root).file("sys/block/mmcblk0/device/life_time", lifeTime + "\n").file("sys/block/mmcblk0/device/pre_eol_info", spareBlocks + "\n");
    assertThat(read().disks())
        .containsExactly(new DiskWear("mmcblk0", share == null ? OptionalDouble.empty() : OptionalDouble.of(share), Optional.ofNullable(spare)));
  }

  @Test
  void anSdCardTellsNoWear() {
    new SystemTree(root).file("sys/block/mmcblk1/device/name", "SC64G\n");
    assertThat(read().disks()).isEmpty();
  }

  @Test
  void aMainboardWithoutANameHasNone() {
    new SystemTree(root).file("sys/class/dmi/id/product_name", "To Be Filled By O.E.M.\n");
    assertThat(read().board()).isEmpty();
  }
}
