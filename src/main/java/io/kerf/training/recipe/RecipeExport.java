package io.kerf.training.recipe;

import io.kerf.storage.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes one file (ZIP) of a recipe: models, normals, golden parts, what the station document says of it, and the SHA-256 of each. Written as it is read, one buffer at a
 * time, so that neither side holds it in memory.
 */
public final class RecipeExport {
  private static final int BUFFER_BYTES = 64 << 10;

  private final String recipe;
  private final Path folder;
  private final RecipeContent content;
  private final String section;
  private final Instant now;

  RecipeExport(String recipe, Path folder, RecipeContent content, String section, Instant now) {
    this.recipe = recipe;
    this.folder = folder;
    this.content = content;
    this.section = section;
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Writes it all. An image that is taken from the recipe meanwhile is left out. @throws IOException where it could not be written to its end: what was is no recipe then */
  public void write(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    // Images are packed already and weights hardly pack; the line needs the processor.
    zip.setLevel(Deflater.NO_COMPRESSION);
    entry(zip, RecipeManifest.FORMAT_FILE, (RecipeManifest.FORMAT + "\n").getBytes(StandardCharsets.UTF_8));
    List<RecipeManifest.Entry> entries = new ArrayList<>();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (String name : content.files()) {
      try (InputStream in = Files.newInputStream(folder.resolve(name))) {
        entries.add(copy(zip, name, in, buffer));
      } catch (NoSuchFileException gone) {
        // An image that was there when the list was made.
      }
    }
    RecipeManifest manifest = new RecipeManifest(RecipeManifest.FORMAT, recipe, now, content.active(), content.previous(), section, entries);
    entry(zip, RecipeManifest.FILE, RecipeManifest.JSON.writeValueAsBytes(manifest));
    zip.finish();
    zip.flush();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static RecipeManifest.Entry copy(ZipOutputStream zip, String name, InputStream in, byte[] buffer) throws IOException {
    MessageDigest digest = Sha256.digester();
    long bytes = 0;
    zip.putNextEntry(new ZipEntry(name));
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
      zip.write(buffer, 0, n);
      bytes += n;
    }
    zip.closeEntry();
    return new RecipeManifest.Entry(name, bytes, Sha256.hex(digest.digest()));
  }
}
