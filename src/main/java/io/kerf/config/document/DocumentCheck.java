package io.kerf.config.document;

import io.kerf.config.TimeTable;
import io.kerf.config.document.RecipeSection.ChecksSection;
import io.kerf.config.document.RecipeSection.RegionSection;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What no schema can say: values that do not go together. */
final class DocumentCheck {
  private static final double ROUNDING = 1e-9;

  private final DocumentLines lines;
  private final List<DocumentProblem> problems = new ArrayList<>();

  private DocumentCheck(DocumentLines lines) {
    this.lines = lines;
  }

  static List<DocumentProblem> problems(StationDocument document, DocumentLines lines) {
    DocumentCheck check = new DocumentCheck(lines);
    check.shifts(document.station().shifts());
    check.learning(document.learning(), "learning");
    document.recipes().forEach(check::recipe);
    check.numbers(document.recipes());
    OutputsCheck.check(document.outputs(), check::problem);
    check.triggeredCameras(document);
    document.startWith().filter(name -> !document.recipes().containsKey(name))
        .ifPresent(name -> check.contradiction("is " + name + ", which is no recipe of this document: " + String.join(", ", document.recipes().keySet()), "start-with"));
    SourcesCheck.check(document.sources(), document.recipes().keySet(), check::problem);
    return List.copyOf(check.problems);
  }

  private void shifts(List<LocalTime> shifts) {
    for (int i = 1; i < shifts.size(); i++) {
      if (!shifts.get(i).isAfter(shifts.get(i - 1))) {
        contradiction("is " + shifts.get(i) + " but must be later than the shift before, which begins at " + shifts.get(i - 1), "station", "shifts", Integer.toString(i));
      }
    }
  }

  /** An output with an input line asks a camera for a picture: one that waits to be asked. */
  private void triggeredCameras(StationDocument document) {
    Map<String, CameraSettings> cameras = document.sources().cameras();
    document.outputs().gpio().forEach((name, chip) -> chip.trigger().ifPresent(line -> triggered(cameras, line.camera(), "outputs", "gpio", name, "trigger", "camera")));
    document.outputs().modbus().forEach((name, plc) -> plc.camera().ifPresent(camera -> triggered(cameras, camera, "outputs", "modbus", name, "camera")));
  }

  private void triggered(Map<String, CameraSettings> cameras, String camera, String... path) {
    if (!cameras.containsKey(camera)) {
      contradiction("is " + camera + ", which is no camera of this document: sources.cameras has " + (cameras.isEmpty() ? "none" : String.join(", ", cameras.keySet())), path);
    } else if (cameras.get(camera).mode() != CameraSettings.Mode.TRIGGERED) {
      contradiction("is " + camera + ", which does not wait to be asked: have sources.cameras." + camera + ".mode be triggered", path);
    }
  }

  private void recipe(String name, RecipeSection recipe) {
    recipe.region().ifPresent(region -> region(name, region));
    recipe.partIds().ifPresent(pattern -> pattern(name, pattern));
    ChecksSection checks = recipe.checks();
    if (checks.minBrightness().isPresent() && checks.maxBrightness().isPresent() && checks.minBrightness().getAsDouble() > checks.maxBrightness().getAsDouble()) {
      contradiction("is " + checks.minBrightness().getAsDouble() + ", which is above max-brightness, so that no image could be judged",
          "recipes", name, "checks", "min-brightness");
    }
    learning(recipe.learning(), "recipes", name, "learning");
  }

  private void region(String name, RegionSection region) {
    boolean empty = region.width() == 0 || region.height() == 0;
    if (empty || region.x() + region.width() > 1 + ROUNDING || region.y() + region.height() > 1 + ROUNDING) {
      contradiction("has x " + region.x() + ", y " + region.y() + ", width " + region.width() + " and height " + region.height() + ", which "
          + (empty ? "shows nothing" : "lies beyond the image") + "; x + width and y + height are at most 1", "recipes", name, "region");
    }
  }

  private void pattern(String name, String pattern) {
    try {
      PartIds.of(pattern);
    } catch (IllegalArgumentException e) {
      bad("is \"" + pattern + "\" but must be a regular expression: " + e.getMessage(), "recipes", name, "part-ids");
    }
  }

  private void learning(LearningSection learning, String... path) {
    learning.schedule().filter(text -> !TimeTable.isValid(text)).ifPresent(text -> {
      String[] whole = java.util.Arrays.copyOf(path, path.length + 1);
      whole[path.length] = "schedule";
      bad("is \"" + text + "\" but must be " + TimeTable.EXPECTED, whole);
    });
  }

  private void numbers(Map<String, RecipeSection> recipes) {
    Map<Integer, String> taken = new HashMap<>();
    recipes.forEach((name, recipe) -> recipe.number().ifPresent(number -> {
      String other = taken.putIfAbsent(number, name);
      if (other != null) {
        contradiction("is " + number + ", as that of recipe " + other + "; a PLC could not tell them apart", "recipes", name, "number");
      }
    }));
  }

  private void bad(String message, String... path) {
    problem(DocumentProblem.BAD_VALUE, message, path);
  }

  private void contradiction(String message, String... path) {
    problem(DocumentProblem.CONTRADICTION, message, path);
  }

  private void problem(String code, String message, String... path) {
    problems.add(new DocumentProblem(String.join(".", path), lines.of(path), code, message));
  }
}
