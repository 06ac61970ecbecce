package io.kerf.training.normals;

import java.nio.file.Path;

/**
 * The image of a good part.
 *
 * @param id of the inspection, or of the content where there was none
 * @param thumbnail {@code [256]}, standardised: what likeness is measured by
 * @param bytes of the image
 */
public record Normal(String id, Standing standing, Path image, Origin origin, float[] thumbnail, long bytes) {}
