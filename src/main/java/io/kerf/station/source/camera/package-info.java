/**
 * A camera as a source: {@link io.kerf.station.source.camera.CameraSource}. {@link io.kerf.station.source.camera.Camera} is the port to what brings frames, {@code
 * CaptureRun} holds one open, {@code CameraHealth} decides how it does and when it is opened anew, {@code PendingTriggers} and {@code FrameQueue} hold what waits,
 * {@code FrameJudge} has frames judged.
 */
package io.kerf.station.source.camera;
