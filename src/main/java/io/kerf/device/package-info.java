/**
 * What the machine is and how it does, as Linux tells it in {@code /proc}, {@code /sys} and {@code /etc}: {@link io.kerf.device.Device} reads, {@link
 * io.kerf.device.DeviceReading} is what was read, {@link io.kerf.device.EnergyMeter} adds up what it takes. {@link io.kerf.device.Accelerator} says whether
 * there is an NVIDIA GPU.
 *
 * <p>Every value may be absent, and one that cannot be read costs none of the others. The files lie below {@code kerf.device.root}, so that tests read trees of
 * their own and a container can be given those of its host.
 *
 * <p>From NVIDIA's and the kernel's documentation and what owners of boards report, not yet read on a board by this project:
 * <ul>
 *   <li>Orin: GPU load, thermal zones, {@code ina3221} with {@code VDD_IN} (NX, Nano) or without (AGX), {@code *-throttle-alert}, the counters of {@code
 *       soctherm_oc}; reported the same on JetPack 6.2.1 and 7.2.
 *   <li>AGX Orin has no rail through which everything flows; the sum of its rails may count the memory's supply twice and lacks the carrier board.
 *   <li>Thor: {@code ina3221} with {@code VDD_GPU}, {@code VDD_CPU_SOC_MSS} and {@code VIN_SYS_5V0}, {@code ina238} for {@code VIN} of module and carrier
 *       board; a sleeping GPU's zone answers {@code EAGAIN}. Its GPU load is in NVML alone and is absent here.
 *   <li>Which JetPack goes with which Jetson Linux: {@link io.kerf.device.JetsonLinux}.
 *   <li>Wear of an eMMC. NVMe tells its wear to root alone, by its own commands, and is absent here.
 * </ul>
 *
 * <p>Below everything: knows nothing of the station.
 */
package io.kerf.device;
