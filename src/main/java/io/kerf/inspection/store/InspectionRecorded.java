package io.kerf.inspection.store;

import java.time.Duration;

/**
 * An inspection was recorded. Told in the thread that recorded it, before its caller gets an answer: observers must be quick.
 *
 * @param recordTime how long recording took
 */
public record InspectionRecorded(StoredInspection stored, Duration recordTime) {}
