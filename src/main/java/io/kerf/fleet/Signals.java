package io.kerf.fleet;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How inspection goes: what probation judges a document by.
 *
 * @param frames judged or found unjudgeable since the document was applied
 * @param arriving whether frames come at this time: at least one within the last minute
 * @param unjudgedShare of those frames; empty while there is none
 * @param goldenJudgedRight whether the model in use judges the golden set right under this document; empty where there is no golden set or it is not through yet
 * @param p99Millis of an inspection since the document was applied; empty while there is no frame
 * @param boundMillis what the line allows an inspection; empty where it sets no bound
 * @param freeBytes on the data folder's disk
 * @param leastFreeBytes below which a station is in trouble
 */
public record Signals(long frames, boolean arriving, OptionalDouble unjudgedShare, Optional<Boolean> goldenJudgedRight, OptionalDouble p99Millis, OptionalDouble boundMillis,
    long freeBytes, long leastFreeBytes) {}
