package io.kerf.imaging;

/**
 * Why an image cannot be judged.
 *
 * @param code stable: {@code too-dark}, {@code too-bright}, {@code no-contrast} or {@code too-blurred}
 * @param message what was found and what to do, for the operator
 */
public record Violation(String code, String message) {}
