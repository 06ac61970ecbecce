package io.kerf.config.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** What a station document says of one recipe, as text of its own: to be kept with the recipe, and put into another document by a person. */
public final class RecipeText {
  private RecipeText() {}

  /** The section without its name, YAML; comments are lost. Empty where the document does not name the recipe, or says nothing of it. */
  public static String of(String document, String recipe) {
    try {
      JsonNode section = DocumentFormat.tree(document).path("recipes").path(recipe);
      return section.isObject() && !section.isEmpty() ? DocumentFormat.text(section) : "";
    } catch (JsonProcessingException unreadable) {
      return "";
    }
  }

  /** A section as a document has it. */
  public static String named(String recipe, String section) {
    return "recipes:\n  " + recipe + ":" + (section.isBlank() ? " {}\n" : "\n" + section.stripTrailing().indent(4));
  }
}
