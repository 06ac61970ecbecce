package io.kerf.fleet;

import java.util.List;

/** Says what is wrong with a station document, its schema and what its fields say of each other, and what it would change. */
public interface DocumentCheck {
  /** Every problem at once, each with its path; empty where the document could be put into force as it is. Changes nothing, and never throws. */
  List<DocumentProblem> check(byte[] document);

  /** For people: what would change if this document, which is good, took the place of the one in force; empty where nothing would. */
  String difference(byte[] document);
}
