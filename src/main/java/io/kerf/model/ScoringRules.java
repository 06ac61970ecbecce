package io.kerf.model;

import io.kerf.density.Calibration;
import io.kerf.imaging.QualityLimits;

/** The bundle's {@code calibration.json}: when a score rejects, and when an image cannot be judged at all. */
public record ScoringRules(Calibration calibration, QualityLimits quality) {}
