package io.kerf.device;

import java.nio.file.Path;

/** Machines as their files describe them, after documentation and what owners of such boards show. None is copied from a board of the project's own. */
public final class Boards {
  private Boards() {}

  /** At work and well. */
  public static SystemTree orinNano(Path root) {
    return orin(root, "NVIDIA Jetson Orin Nano Developer Kit", "# R36 (release), REVISION: 4.3, GCID: 38968081, BOARD: generic, EABI: aarch64")
        .rail("1-0040", 1, "VDD_IN", 4984, 1856).rail("1-0040", 2, "VDD_CPU_GPU_CV", 4976, 624).rail("1-0040", 3, "VDD_SOC", 4976, 336);
  }

  /** AGX Orin has no rail through which everything flows, and an eMMC. */
  public static SystemTree agxOrin(Path root) {
    return orin(root, "NVIDIA Jetson AGX Orin Developer Kit", "# R39 (release), REVISION: 2.0, GCID: 45755727, BOARD: generic, EABI: aarch64")
        .rail("1-0040", 1, "VDD_GPU_SOC", 12_000, 400).rail("1-0040", 2, "VDD_CPU_CV", 12_000, 200).rail("1-0040", 3, "VIN_SYS_5V0", 5000, 960)
        .rail("1-0041", 1, "NC", 0, 0).rail("1-0041", 2, "VDDQ_VDD2_1V8AO", 5000, 80).rail("1-0041", 3, "NC", 0, 0)
        .file("sys/block/mmcblk0/device/life_time", "0x02 0x01\n").file("sys/block/mmcblk0/device/pre_eol_info", "0x01\n")
        .file("sys/block/mmcblk0boot0/device/life_time", "0x02 0x01\n").file("sys/block/nvme0n1/device/model", "Samsung SSD 980\n");
  }

  private static SystemTree orin(Path root, String model, String release) {
    SystemTree tree = new SystemTree(root).file("proc/device-tree/model", model + "\0")
        .file("etc/nv_tegra_release", release + "\n# KERNEL_VARIANT: oot\n")
        .file("proc/meminfo", "MemTotal:        7802960 kB\nMemFree:          311048 kB\nMemAvailable:    4194304 kB\nSwapTotal:       3901472 kB\n")
        .file("sys/devices/platform/gpu.0/load", "374\n")
        .zone(0, "cpu-thermal", "51718").zone(1, "gpu-thermal", "52562").zone(2, "cv0-thermal", "-256000").zone(8, "tj-thermal", "53062")
        .cooling(0, "cpufreq-cpu0", 0, 28).cooling(2, "devfreq-17000000.gpu", 0, 10).cooling(3, "cpu-throttle-alert", 0, 2)
        .cooling(9, "hot-surface-alert", 1, 2).cooling(10, "pwm-fan", 3, 5);
    String overCurrent = "sys/class/hwmon/hwmon3/";
    tree.failing("sys/class/thermal/thermal_zone3/temp").file("sys/class/thermal/thermal_zone3/type", "cv1-thermal\n");
    return tree.file(overCurrent + "name", "soctherm_oc\n").file(overCurrent + "oc1_event_cnt", "0\n").file(overCurrent + "oc2_event_cnt", "15\n")
        .file(overCurrent + "oc3_event_cnt", "37\n").file(overCurrent + "oc3_throt_en", "1\n");
  }

  /** Under full load: its GPU and clocks are throttled. No GPU load in sysfs. */
  public static SystemTree thor(Path root) {
    SystemTree tree = new SystemTree(root).file("proc/device-tree/model", "NVIDIA Jetson AGX Thor Developer Kit\0")
        .file("etc/nv_tegra_release", "# R38 (release), REVISION: 4.0, GCID: 43443517, BOARD: generic, EABI: aarch64\n")
        .file("proc/meminfo", "MemTotal:       128831180 kB\nMemAvailable:   104857600 kB\n")
        .zone(0, "cpu-thermal", "101200").zone(1, "gpu-thermal", "108700").zone(2, "soc012-thermal", "104100").zone(4, "tj-thermal", "108900")
        .cooling(7, "pwm-fan", 2, 4).cooling(8, "cpu-throttle-alert", 0, 2).cooling(9, "gpu-throttle-alert", 1, 2).cooling(12, "devfreq-gpu-gpc-0", 18, 169)
        .rail("2-0040", 1, "VDD_GPU", 12_040, 2640).rail("2-0040", 2, "VDD_CPU_SOC_MSS", 12_040, 960).rail("2-0040", 3, "VIN_SYS_5V0", 5088, 1740);
    String input = "sys/class/hwmon/hwmon4/";
    return tree.file(input + "name", "ina238\n").file(input + "in0_input", "3\n").file(input + "in1_input", "19800\n").file(input + "curr1_input", "3900\n")
        .file(input + "power1_input", "77250000\n");
  }

  /** A small industrial PC. */
  public static SystemTree pc(Path root) {
    return new SystemTree(root).file("sys/class/dmi/id/product_name", "NUC11TNHi5\n")
        .file("proc/meminfo", "MemTotal:       32589664 kB\nMemAvailable:   28014004 kB\n")
        .zone(0, "acpitz", "27800").zone(1, "acpitz", "29800").zone(2, "x86_pkg_temp", "48000")
        .cooling(0, "Processor", 0, 10).cooling(4, "TCC Offset", 10, 63).cooling(5, "Fan", 1, 1).cooling(6, "intel_powerclamp", -1, 100)
        .file("sys/class/hwmon/hwmon0/name", "coretemp\n").file("sys/class/hwmon/hwmon0/temp1_input", "48000\n");
  }
}
