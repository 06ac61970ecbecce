package io.kerf.station.document;

import io.kerf.config.document.StationDocument;

/**
 * Another document is in force. Fired as an event in the thread that put it there, one after the other; also once at the start, where {@code before} is {@link
 * StationDocument#EMPTY}. Who observes it brings what runs into line and throws nothing: the document stands.
 */
public record DocumentApplied(StationDocument before, InForce now) {}
