package io.kerf.storage;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The recipe that somebody or something chose, in a file that is replaced whole. A running station takes up what another process writes.
 *
 * @param since when it was chosen, to the millisecond
 * @param by who or what chose it
 */
public record ChosenRecipe(String recipe, Instant since, String by) {
  private static final Logger LOG = Logger.getLogger(ChosenRecipe.class);
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  /** Empty where none was chosen, or the file is damaged, which is said: then the station document's first recipe is in use. */
  public static Optional<ChosenRecipe> read(Path file) {
    try {
      ChosenRecipe read = JSON.readValue(Files.readAllBytes(file), ChosenRecipe.class);
      if (read != null && read.recipe != null && RecipeName.isValid(read.recipe) && read.since != null && read.by != null) {
        return Optional.of(read);
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException damaged) {
      // Said below.
    } catch (IOException e) {
      throw AtomicFiles.fault(file, e);
    }
    LOG.errorf("%s is damaged, so it counts as if no recipe was chosen. Choose one again.", file);
    return Optional.empty();
  }

  /** Durable when this returns. @throws io.kerf.fault.FaultException where it cannot be written; the one before stays then */
  public void write(Path file) {
    try {
      AtomicFiles.write(file, JSON.writeValueAsBytes(this));
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }
}
