package io.kerf.config.document;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** What differs between the texts of two documents. */
public final class DocumentDifference {
  private static final int LINES_AROUND = 3;

  private DocumentDifference() {}

  /** Unified, with three lines around each change, without names of files; empty where the lines are the same. */
  public static String between(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> lines = UnifiedDiffUtils.generateUnifiedDiff("before", "after", old, DiffUtils.diff(old, after.lines().toList()), LINES_AROUND);
    return lines.size() <= 2 ? "" : String.join("\n", lines.subList(2, lines.size())) + "\n";
  }
}
