/**
 * Where frames come from: {@link io.kerf.station.source.Sources} runs what the station document names. {@code folder} watches folders, {@code camera} judges what
 * cameras see, {@code gstreamer} opens them; images that are sent to the station and the demo line are counted alone.
 */
package io.kerf.station.source;
