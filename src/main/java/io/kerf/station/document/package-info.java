/**
 * The station document in force: {@link io.kerf.station.document.StationDocuments} takes up what is written, valid documents alone, and keeps every one that was
 * in force; {@link io.kerf.station.document.StationSettings} is what it comes to, beside the settings of the machine.
 */
package io.kerf.station.document;
