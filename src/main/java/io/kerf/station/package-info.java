/**
 * The station beside the line: {@code StationLife} starts what runs, {@code DemoLine} is the simulated line that runs while nothing is set
 * up, {@link io.kerf.station.StationMonitor} tells the page what goes on.
 */
package io.kerf.station;
