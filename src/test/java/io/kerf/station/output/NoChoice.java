package io.kerf.station.output;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.station.line.RecipeChoice;
import io.kerf.storage.RecipeName;
import java.util.Optional;

/** Of a station with one product. */
public final class NoChoice implements RecipeChoice {
  @Override
  public String forPart(Optional<String> asked, Optional<String> partId) {
    return asked.orElse(RecipeName.DEFAULT);
  }

  @Override
  public String inUse() {
    return RecipeName.DEFAULT;
  }

  @Override
  public int numberInUse() {
    return 0;
  }

  @Override
  public void useNumber(int number, String by) {
    throw new FaultException(Fault.NOT_FOUND, "There is no recipe with number " + number + ". The one in use stays.");
  }

  @Override
  public void useNamed(String recipe, String by) {
    throw new FaultException(Fault.NOT_FOUND, "There is no recipe " + recipe + " to choose. The one in use stays.");
  }
}
