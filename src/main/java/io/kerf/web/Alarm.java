package io.kerf.web;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that a person should see to while parts are judged on.
 *
 * @param code stable: {@code source-fails}, {@code output-fails}, {@code disk}, {@code device}, {@code document}, {@code frames-held}
 * @param subject which source or output; empty where there is but one
 * @param words what happened, what it means for the line, and what to do
 * @param since from when on it stands, as far as the station has seen since its start
 */
@Schema(name = "Alarm")
public record Alarm(@Schema(examples = "output-fails") String code, @Schema(examples = "plc") String subject, String words, Instant since) {}
