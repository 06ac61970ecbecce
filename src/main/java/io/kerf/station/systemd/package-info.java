/**
 * The station as a service of systemd: {@link io.kerf.station.systemd.ServiceReport} decides what is to be said, {@code ServiceNotices} says it
 * as long as the station lives. Nothing here does anything where systemd does not ask for it ({@code NOTIFY_SOCKET} is not set).
 */
package io.kerf.station.systemd;
