/**
 * A watched folder as a source: {@link io.kerf.station.source.folder.FolderSource}. {@code Inbox} lists and reads, {@code Settling} decides when a file is complete,
 * {@code JudgedOnce} makes by a {@code Claim} that each is judged once, {@code Shelf} takes it away.
 */
package io.kerf.station.source.folder;
