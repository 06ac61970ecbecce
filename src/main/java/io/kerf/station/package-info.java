/** What a station does as a whole and says of itself: {@link io.kerf.station.StationMonitor}. */
package io.kerf.station;
