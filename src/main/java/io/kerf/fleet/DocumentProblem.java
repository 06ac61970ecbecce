package io.kerf.fleet;

/**
 * One thing that is wrong with a payload or a document.
 *
 * @param path where, such as {@code document.cameras[0].exposure}
 * @param message one sentence without a full stop: what is there and what may be there; never the value of a secret
 */
public record DocumentProblem(String path, String message) {
  @Override
  public String toString() {
    return path + ": " + message;
  }
}
