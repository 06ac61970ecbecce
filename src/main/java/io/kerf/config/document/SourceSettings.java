package io.kerf.config.document;

/** Settings of a source that the station document names. */
public sealed interface SourceSettings permits FolderSettings, CameraSettings {}
