package io.kerf.config.document;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What no schema can say of sources. */
final class SourcesCheck {
  /** Sources that the document does not name. */
  private static final Set<String> TAKEN = Set.of("http", "demo");

  /** Hears of what is wrong. */
  interface Problems {
    /** @param code of {@link DocumentProblem} */
    void add(String code, String message, String... path);
  }

  private final SourcesSection sources;
  private final Set<String> recipes;
  private final Problems problems;

  private SourcesCheck(SourcesSection sources, Set<String> recipes, Problems problems) {
    this.sources = sources;
    this.recipes = recipes;
    this.problems = problems;
  }

  /** @param recipes of the document */
  static void check(SourcesSection sources, Set<String> recipes, Problems problems) {
    SourcesCheck check = new SourcesCheck(sources, recipes, problems);
    Map<Path, String> paths = new HashMap<>();
    sources.folders().forEach((name, folder) -> check.folder(name, folder, paths));
    sources.cameras().forEach(check::camera);
  }

  private void folder(String name, FolderSettings folder, Map<Path, String> paths) {
    String[] at = {"sources", "folders", name};
    named(name, at);
    recipe(folder.recipe(), at);
    within(folder.settle(), Duration.ofMillis(20), Duration.ofMinutes(1), "20ms to 1m", at, "settle");
    within(folder.giveUp(), Duration.ofSeconds(1), Duration.ofHours(1), "1s to 1h", at, "give-up");
    folder.names().ifPresent(names -> names(names, at));
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + folder.files());
    } catch (PatternSyntaxException e) {
      problems.add(DocumentProblem.BAD_VALUE, "is \"" + folder.files() + "\" but must be a glob: " + e.getDescription(), below(at, "files"));
    }
    try {
      paths(name, folder, paths, at);
    } catch (InvalidPathException e) {
      problems.add(DocumentProblem.BAD_VALUE, "has a path that this machine cannot name (" + e.getReason() + "): \"" + e.getInput() + "\"", at);
    }
  }

  private void paths(String name, FolderSettings folder, Map<Path, String> paths, String[] at) {
    Path path = Path.of(folder.path()).normalize();
    String other = paths.putIfAbsent(path, name);
    if (other != null) {
      problems.add(DocumentProblem.CONTRADICTION, "is the folder of " + other + "; each image would be judged by either", below(at, "path"));
    }
    Path done = path.resolve(folder.done()).normalize();
    Path failed = path.resolve(folder.failed()).normalize();
    if (done.equals(path) || done.equals(failed)) {
      problems.add(DocumentProblem.CONTRADICTION, "must be another folder than path and failed", below(at, "done"));
    }
    if (failed.equals(path)) {
      problems.add(DocumentProblem.CONTRADICTION, "must be another folder than path", below(at, "failed"));
    }
  }

  private void names(String names, String[] at) {
    try {
      Pattern.compile(names);
      if (!names.contains("(?<part>") && !names.contains("(?<lot>")) {
        problems.add(DocumentProblem.BAD_VALUE, "is \"" + names + "\" but must have a group (?<part>…) or (?<lot>…)", below(at, "names"));
      }
    } catch (PatternSyntaxException e) {
      problems.add(DocumentProblem.BAD_VALUE, "is \"" + names + "\" but must be a regular expression: " + e.getDescription() + " at character "
          + (e.getIndex() + 1), below(at, "names"));
    }
  }

  private void camera(String name, CameraSettings camera) {
    String[] at = {"sources", "cameras", name};
    named(name, at);
    if (sources.folders().containsKey(name)) {
      problems.add(DocumentProblem.CONTRADICTION, "is the name of a folder too; records tell sources apart by their names", at);
    }
    recipe(camera.recipe(), at);
    within(camera.every(), Duration.ZERO, Duration.ofHours(1), "0s to 1h", at, "every");
    within(camera.delay(), Duration.ZERO, Duration.ofMinutes(1), "0s to 1m", at, "delay");
    within(camera.timeout(), Duration.ofMillis(10), Duration.ofMinutes(1), "10ms to 1m", at, "timeout");
    within(camera.staleAfter(), Duration.ofMillis(50), Duration.ofMinutes(1), "50ms to 1m", at, "stale-after");
    within(camera.silence(), Duration.ofMillis(200), Duration.ofMinutes(10), "200ms to 10m", at, "silence");
  }

  private void named(String name, String[] at) {
    if (TAKEN.contains(name)) {
      problems.add(DocumentProblem.CONTRADICTION, "is the name of a source that every station has", at);
    }
  }

  private void recipe(Optional<String> recipe, String[] at) {
    recipe.filter(name -> !recipes.contains(name)).ifPresent(name -> problems.add(DocumentProblem.CONTRADICTION,
        "is " + name + ", which is no recipe of this document: " + String.join(", ", recipes), below(at, "recipe")));
  }

  private void within(Duration value, Duration least, Duration most, String range, String[] at, String key) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      problems.add(DocumentProblem.BAD_VALUE, "must be " + range, below(at, key));
    }
  }

  private static String[] below(String[] at, String key) {
    String[] longer = Arrays.copyOf(at, at.length + 1);
    longer[at.length] = key;
    return longer;
  }
}
