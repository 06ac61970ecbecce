package io.kerf.evaluation;

/** Text made safe for HTML and XML, in elements and in quoted attributes. */
final class Html {
  private Html() {}

  /** Escapes markup; characters that XML does not allow become U+FFFD. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> {
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.appendCodePoint(allowed(c) ? c : 0xFFFD);
      }
    });
    return safe.toString();
  }

  private static boolean allowed(int c) {
    return c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c > 0xFFFF || c == '\t' || c == '\n' || c == '\r';
  }
}
