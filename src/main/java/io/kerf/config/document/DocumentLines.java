package io.kerf.config.document;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** On which line of the text each key of a document stands; line numbers begin at 1. */
final class DocumentLines {
  private static final int MAX_ALIASES = 20;

  private final Map<String, Integer> lines = new HashMap<>();

  private DocumentLines() {}

  /** @throws org.yaml.snakeyaml.error.YAMLException where it is no YAML, is nested too deeply, or has a key twice */
  static DocumentLines of(String text) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(DocumentReader.MAX_BYTES);
    limits.setNestingDepthLimit(DocumentReader.MAX_DEPTH);
    limits.setMaxAliasesForCollections(MAX_ALIASES);
    limits.setAllowDuplicateKeys(false);
    DocumentLines found = new DocumentLines();
    Node root = new Yaml(limits).compose(new StringReader(text));
    if (root != null) {
      found.note("", root, 0);
    }
    return found;
  }

  /** Of a path, or of the nearest above it that stands in the text. */
  int of(String... steps) {
    for (int length = steps.length; length > 0; length--) {
      Integer line = lines.get(join(steps, length));
      if (line != null) {
        return line;
      }
    }
    return 0;
  }

  private static String join(String[] steps, int length) {
    return String.join("\u0000", java.util.Arrays.copyOf(steps, length));
  }

  /** Aliases may make a graph of the text; a document's own depth ends the walk. */
  private void note(String path, Node node, int depth) {
    if (depth > DocumentReader.MAX_DEPTH) {
      return;
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          put(path, key.getValue(), key, entry.getValueNode(), depth);
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        put(path, Integer.toString(i), sequence.getValue().get(i), sequence.getValue().get(i), depth);
      }
    }
  }

  private void put(String path, String step, Node at, Node value, int depth) {
    String below = path.isEmpty() ? step : path + '\u0000' + step;
    lines.putIfAbsent(below, at.getStartMark().getLine() + 1);
    note(below, value, depth + 1);
  }
}
