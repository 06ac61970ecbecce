/**
 * The station beside the line: {@code StationLife} starts what runs, {@code DemoLine} is the simulated line that runs while nothing is set
 * up, {@link io.kerf.station.StationMonitor} tells the page what goes on. {@code Collector} offers parts that pass to the normals, {@link
 * io.kerf.station.Reviews} takes what people say of parts, {@code SwapWatch} returns to the model before where a swap has too many stopped. {@code
 * recipe} knows the products and which is in use, {@code learning} keeps models up to date, {@code plans} has them compiled for an NVIDIA GPU where there is one,
 * {@code source} brings frames of folders and cameras, {@code output} tells brokers, addresses, lines and PLCs, {@code systemd} tells the service manager that all this is alive.
 */
package io.kerf.station;
