/**
 * The bundle, everything one verdict depends on: {@link io.kerf.model.Bundle} in memory, {@link io.kerf.model.BundleStore} on disk,
 * {@link io.kerf.model.Generation} loaded and leased, {@link io.kerf.model.ActiveModels} by recipe, which swaps it under running frames.
 * {@link io.kerf.model.Demands} are what a station wants of it beyond what it learnt. {@link io.kerf.model.EncoderSource} puts its encoder onto an engine.
 * {@link io.kerf.model.PartJudge} is what a bundle does, {@link io.kerf.model.PartScorer} how it gets from features to scores.
 */
package io.kerf.model;
