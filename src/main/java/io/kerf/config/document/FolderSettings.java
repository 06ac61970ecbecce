package io.kerf.config.document;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A folder whose images are judged, one part each, oldest first. Subfolders and links in it are left alone.
 *
 * @param path absolute; must exist
 * @param files glob for the names of images, letters of either case; JPEG, PNG, BMP and TIFF where absent
 * @param recipe of its parts; where absent, as for every other part
 * @param names regular expression (java.util.regex) that a file's whole name fits, with the groups {@code part} and {@code lot}, of which one may be missing; where
 *     absent, the name without its extension is the part's id
 * @param after what becomes of an image that was judged; {@code move} where absent
 * @param done folder for images that were judged, below {@code path} or absolute, on the same file system; {@code done} where absent
 * @param failed folder for files that could not be judged, likewise, each with a text beside it that says why; {@code failed} where absent
 * @param maxBytes that each of {@code done} and {@code failed} may take, the oldest files go first; 0 to leave them to people; 2G where absent
 * @param settle how long a file stays unchanged before it is taken for complete, 20ms to 1m; 200ms where absent
 * @param giveUp how long a file that is no whole image stays unchanged before it has failed, 1s to 1h; 10s where absent
 */
public record FolderSettings(String path, String files, Optional<String> recipe, Optional<String> names, After after, String done, String failed,
    OptionalLong maxBytes, Duration settle, Duration giveUp) implements SourceSettings {

  public FolderSettings {
    files = files == null ? "*.{jpg,jpeg,png,bmp,tif,tiff}" : files;
    recipe = recipe == null ? Optional.empty() : recipe;
    names = names == null ? Optional.empty() : names;
    after = after == null ? After.MOVE : after;
    done = done == null ? "done" : done;
    failed = failed == null ? "failed" : failed;
    maxBytes = maxBytes == null || maxBytes.isEmpty() ? OptionalLong.of(2L << 30) : maxBytes;
    settle = settle == null ? Duration.ofMillis(200) : settle;
    giveUp = giveUp == null ? Duration.ofSeconds(10) : giveUp;
  }

  /** {@code move}: to {@code done}; {@code delete}: it is deleted, as the station keeps it with the verdict as long as it keeps images. */
  public enum After {
    MOVE,
    DELETE
  }
}
