/** The station as its fleet sees it: {@link io.kerf.station.fleet.StationOfAFleet} checks, applies and judges documents that come signed. */
package io.kerf.station.fleet;
