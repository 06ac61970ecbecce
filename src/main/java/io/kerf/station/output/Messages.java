package io.kerf.station.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.station.line.InspectionView;
import io.kerf.station.line.Outcome;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes outcomes into what receivers get: the JSON of {@code GET /api/inspections/{id}}, to the last character. */
final class Messages {
  private final Function<String, Optional<StoredInspection>> record;
  private final ObjectMapper json;
  private final Supplier<String> ids;

  /** @param record an inspection by its identifier. @param json the one that the web answers with. @param ids gives a new one, as inspections have */
  Messages(Function<String, Optional<StoredInspection>> record, ObjectMapper json, Supplier<String> ids) {
    this.record = record;
    this.json = json;
    this.ids = ids;
  }

  /** Empty where the record was deleted since. */
  Optional<Message> of(OutcomeTable.Entry entry) {
    return entry.missed().isPresent() ? entry.missed().map(this::missed)
        : entry.inspection().flatMap(record).map(stored -> new Message(stored.inspection().id(), stored.inspection().verdict(), bytes(InspectionView.ofNew(stored))));
  }

  /** What is kept of a part that was not judged. */
  String text(Outcome.Missed missed) {
    return new String(bytes(InspectionView.of(ids.get(), missed)), StandardCharsets.UTF_8);
  }

  private Message missed(String text) {
    try {
      JsonNode tree = json.readTree(text);
      return new Message(tree.path("id").asText(), Verdict.valueOf(tree.path("verdict").asText()), text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer to who triggered. */
  byte[] answer(Outcome outcome) {
    if (outcome instanceof Outcome.Judged judged) {
      return bytes(InspectionView.ofNew(record.apply(judged.inspection().id()).orElseGet(() -> new StoredInspection(judged.inspection(), Optional.empty(), false))));
    }
    return bytes(InspectionView.of(ids.get(), (Outcome.Missed) outcome));
  }

  /** A part that there is not, marked so by {@code "test": true}. */
  Message test(String output, Instant now) {
    String id = ids.get();
    ObjectNode tree = json.valueToTree(InspectionView.of(id, new Outcome.Missed(output, Optional.of("TEST"), Optional.empty(), "test",
        "Somebody tries this output. No part was judged.", now)));
    return new Message(id, Verdict.UNJUDGED, bytes(tree.put("test", true)));
  }

  byte[] bytes(Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
