package io.kerf.training.recipe;

import com.fasterxml.jackson.core.JacksonException;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a file with a recipe into a folder, trusting nothing of it.
 *
 * <ol>
 *   <li>A name that no export has is refused, so that none leads out of the folder.
 *   <li>What is unpacked is counted, not what the file says of itself: beyond the limits it is refused, whatever it was packed to.
 *   <li>Every file must have the SHA-256 that the manifest names, and the manifest must name every file.
 * </ol>
 */
final class RecipeImport {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int MAX_MANIFEST_BYTES = 32 << 20;
  private static final int MAX_FORMAT_BYTES = 16;

  private final ZipInputStream zip;
  private final Path folder;
  private final Limits limits;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Map<String, RecipeManifest.Entry> unpacked = new HashMap<>();
  private long bytesLeft;

  /** @param maxBytes unpacked. @param leastFree bytes that stay free on the disk */
  record Limits(long maxBytes, int maxFiles, long leastFree) {
    static final Limits DEFAULT = new Limits(8L << 30, RecipeManifest.MOST_FILES, 256L << 20);
  }

  /** @param folder is empty; what a failure leaves there is the caller's to delete */
  RecipeImport(InputStream file, Path folder, Limits limits) {
    this.zip = new ZipInputStream(file, StandardCharsets.UTF_8);
    this.folder = folder;
    this.limits = limits;
    this.bytesLeft = limits.maxBytes;
  }

  /** @throws FaultException {@link Fault#RECIPE_FILE_INVALID}, {@link Fault#RECIPE_FILE_UNSUPPORTED}, {@link Fault#RECIPE_FILE_TOO_LARGE}, or where it cannot be written */
  RecipeManifest unpack() {
    ZipEntry first = next();
    if (first == null || !first.getName().equals(RecipeManifest.FORMAT_FILE)) {
      throw invalid("it is no recipe that 'kerf recipe export' wrote");
    }
    requireFormat(new String(small(MAX_FORMAT_BYTES), StandardCharsets.UTF_8).strip());
    for (ZipEntry entry = next(); entry != null; entry = next()) {
      if (entry.getName().equals(RecipeManifest.FILE)) {
        RecipeManifest manifest = manifest(small(MAX_MANIFEST_BYTES));
        if (next() != null) {
          throw invalid("it goes on after its manifest");
        }
        return manifest;
      }
      unpack(entry.getName());
    }
    throw invalid("it has no manifest at its end");
  }

  private ZipEntry next() {
    try {
      return zip.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw broken(e);
    }
  }

  private static void requireFormat(String format) {
    if (!format.equals(Integer.toString(RecipeManifest.FORMAT))) {
      throw new FaultException(Fault.RECIPE_FILE_UNSUPPORTED, "The file has format \"" + printable(format) + "\", this version reads " + RecipeManifest.FORMAT
          + ". Update Kerf, or export the recipe again there.");
    }
  }

  private byte[] small(int most) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int n = read(); n >= 0; n = read()) {
      bytes.write(buffer, 0, n);
      if (bytes.size() > most) {
        throw tooLarge("what it says of itself has more than " + most + " bytes");
      }
    }
    return bytes.toByteArray();
  }

  private int read() {
    try {
      return zip.read(buffer);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void unpack(String name) {
    if (!RecipeManifest.isName(name)) {
      throw invalid("it holds \"" + printable(name) + "\", which belongs to no recipe");
    }
    if (unpacked.containsKey(name)) {
      throw invalid("it holds " + name + " twice");
    }
    if (unpacked.size() == limits.maxFiles) {
      throw tooLarge("it holds more than " + limits.maxFiles + " files");
    }
    Path file = folder.resolve(name);
    MessageDigest digest = Sha256.digester();
    long bytes = 0;
    try {
      Files.createDirectories(file.getParent());
      if (Files.getFileStore(folder).getUsableSpace() < limits.leastFree) {
        throw new FaultException(Fault.DISK_FULL, "There is too little room on the disk for this recipe. Make room, then import it again.");
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        for (int n = read(); n >= 0; n = read()) {
          bytesLeft -= n;
          if (bytesLeft < 0) {
            throw tooLarge("it holds more than " + limits.maxBytes + " bytes");
          }
          digest.update(buffer, 0, n);
          out.write(buffer, 0, n);
          bytes += n;
        }
      }
    } catch (IOException e) {
      throw AtomicFiles.fault(file, e);
    }
    unpacked.put(name, new RecipeManifest.Entry(name, bytes, Sha256.hex(digest.digest())));
  }

  private RecipeManifest manifest(byte[] bytes) {
    RecipeManifest manifest;
    try {
      manifest = RecipeManifest.JSON.readValue(bytes, RecipeManifest.class);
    } catch (JacksonException e) {
      throw invalid("its manifest cannot be read");
    } catch (IOException e) {
      throw broken(e);
    }
    if (manifest == null || manifest.recipe() == null || manifest.exportedAt() == null) {
      throw invalid("its manifest says nothing of the recipe");
    }
    requireFormat(Integer.toString(manifest.format()));
    for (RecipeManifest.Entry entry : manifest.files()) {
      if (!entry.equals(unpacked.remove(entry.name()))) {
        throw invalid(printable(String.valueOf(entry.name())) + " is missing or not what was exported");
      }
    }
    if (!unpacked.isEmpty()) {
      throw invalid("it holds " + unpacked.keySet().iterator().next() + ", which its manifest does not name");
    }
    return manifest;
  }

  private static String printable(String text) {
    String shown = text.replaceAll("\\P{Print}", "?");
    return shown.length() <= 80 ? shown : shown.substring(0, 80) + "…";
  }

  private static FaultException broken(Exception e) {
    return new FaultException(Fault.RECIPE_FILE_INVALID, "The file is damaged or was cut short, so nothing was imported. Export the recipe again, or send it again.", e);
  }

  private static FaultException invalid(String why) {
    return new FaultException(Fault.RECIPE_FILE_INVALID, "Nothing was imported of this file: " + why + ". Export the recipe again with 'kerf recipe export'.");
  }

  private static FaultException tooLarge(String why) {
    return new FaultException(Fault.RECIPE_FILE_TOO_LARGE, "Nothing was imported of this file: " + why + ".");
  }
}
