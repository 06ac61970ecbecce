/**
 * The station document: the one document that says what a station does, a file beside it or pushed by the fleet. {@link
 * io.kerf.config.document.StationDocument} is what it comes to, {@link io.kerf.config.document.DocumentReader} reads it strictly and says everything that is
 * wrong with it at once, {@code station.schema.json} (JSON Schema, draft 2020-12) says the same to editors.
 *
 * <p>What it leaves out is as {@link io.kerf.config.KerfConfig} has it: settings are the machine's defaults, the document is the station's.
 */
package io.kerf.config.document;
