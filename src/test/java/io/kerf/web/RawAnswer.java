package io.kerf.web;

/** Status line, headers and body as they came. */
record RawAnswer(String text) {
  int status() {
    return Integer.parseInt(text.split(" ", 3)[1]);
  }
}
