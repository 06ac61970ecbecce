package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.config.document.DocumentReader;
import io.kerf.config.document.RecipeSection;
import io.kerf.config.document.StationDocument;
import io.kerf.storage.DataFolder;
import io.kerf.storage.DocumentFolder;
import java.nio.charset.StandardCharsets;

/** The station document of the data folder, for commands that follow it. */
final class DocumentInForce {
  private DocumentInForce() {}

  /** The defaults where there is none, or none that this version holds for valid. */
  static StationDocument read() {
    return DocumentReader.read(text().getBytes(StandardCharsets.UTF_8)) instanceof DocumentReader.Reading.Good good ? good.document() : StationDocument.EMPTY;
  }

  /** As it was written; empty where there is none. */
  static String text() {
    return new DocumentFolder(new DataFolder(CommandConfig.dataFolder()).document()).inForce().map(DocumentFolder.Version::text).orElse("");
  }

  /** What it says of a recipe. */
  static RecipeSection recipe(String name) {
    return read().recipes().getOrDefault(name, RecipeSection.DEFAULT);
  }
}
