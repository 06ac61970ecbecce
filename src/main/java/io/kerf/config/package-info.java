/**
 * The station's settings: {@link io.kerf.config.KerfConfig} has every key with its default, and
 * {@link io.kerf.config.ConfigCheck} says at start all that is wrong with the values. Known by every package above; knows
 * {@code fault} only.
 */
package io.kerf.config;
