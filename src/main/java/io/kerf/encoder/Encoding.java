package io.kerf.encoder;

/**
 * What the encoder says of one image.
 *
 * @param embedding {@code [512]}: the mean of {@code features} over its positions; what is scored
 * @param features {@code [512, height, width]} row-major: the last stage's activations; what the heat map is made of
 */
public record Encoding(float[] embedding, float[] features, int height, int width) {}
