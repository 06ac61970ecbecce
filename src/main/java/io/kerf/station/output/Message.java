package io.kerf.station.output;

import io.kerf.inspection.Verdict;

/**
 * What a receiver gets.
 *
 * @param id unique: who sees one twice was told twice
 * @param body JSON in UTF-8
 */
record Message(String id, Verdict verdict, byte[] body) {}
