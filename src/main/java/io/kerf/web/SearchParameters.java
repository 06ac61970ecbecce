package io.kerf.web;

import io.kerf.inspection.store.FilterText;
import io.kerf.inspection.store.InspectionFilter;
import jakarta.ws.rs.QueryParam;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What a request searches for; the same for a page, a table and an archive. */
public final class SearchParameters {
  @QueryParam("recipe")
  String recipe;

  @Parameter(description = "Identifier of the part; `A-17*` for all that begin so.")
  @QueryParam("part")
  String part;

  @QueryParam("lot")
  String lot;

  @Parameter(description = "Only parts captured then or later: `2026-11-24T06:00:00Z`, or `2026-11-24` for its first moment by the station's clock.")
  @QueryParam("from")
  String from;

  @Parameter(description = "Only parts captured before.")
  @QueryParam("until")
  String until;

  @Parameter(description = "OK, NG or UNJUDGED; several with commas, or repeated.")
  @QueryParam("verdict")
  List<String> verdict;

  @Parameter(description = "Only parts with at least this score.")
  @QueryParam("scoreFrom")
  String scoreFrom;

  @Parameter(description = "Only parts with at most this score.")
  @QueryParam("scoreTo")
  String scoreTo;

  @Parameter(description = "Only parts with at most this p-value.")
  @QueryParam("pValueTo")
  String pValueTo;

  @Parameter(description = "What people said of it: GOOD, BAD, ANY or NONE.")
  @QueryParam("reviewed")
  String reviewed;

  @Parameter(description = "Where the image came from, such as `http`.")
  @QueryParam("source")
  String source;

  @Parameter(description = "What the station called itself.")
  @QueryParam("station")
  String station;

  @Parameter(description = "Digest of the station document that was in force.")
  @QueryParam("document")
  String document;

  @Parameter(description = "Digest of the model that judged.")
  @QueryParam("bundle")
  String bundle;

  /** By name, those that were sent. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    put(texts, "recipe", recipe);
    put(texts, "part", part);
    put(texts, "lot", lot);
    put(texts, "from", from);
    put(texts, "until", until);
    put(texts, "verdict", verdict == null || verdict.isEmpty() ? null : String.join(",", verdict));
    put(texts, "scoreFrom", scoreFrom);
    put(texts, "scoreTo", scoreTo);
    put(texts, "pValueTo", pValueTo);
    put(texts, "reviewed", reviewed);
    put(texts, "source", source);
    put(texts, "station", station);
    put(texts, "document", document);
    put(texts, "bundle", bundle);
    return texts;
  }

  InspectionFilter filter(ZoneId zone) {
    return FilterText.parse(texts(), zone);
  }

  private static void put(Map<String, String> texts, String name, String value) {
    if (value != null && !value.isBlank()) {
      texts.put(name, value);
    }
  }
}
