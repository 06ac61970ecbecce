package io.kerf.station.demo;

/**
 * A part on the belt, before the picture is taken.
 *
 * @param surface to change where something is to be wrong with it
 * @param scene where it lies
 * @param flange it was made as
 * @param grain for texture
 */
record Workpiece(Surface surface, Scene scene, Flange flange, Grain grain) {

  /** Column of a point of the part given by its share of the radius and its angle. */
  double x(double shareOfRadius, double radians) {
    return scene.xOf(shareOfRadius, radians);
  }

  double y(double shareOfRadius, double radians) {
    return scene.yOf(shareOfRadius, radians);
  }

  /** Pixels of this picture for one pixel of a picture 384 px high. */
  double scale() {
    return scene.scale();
  }
}
