package io.kerf.station.line;

import java.util.Optional;

/** Which product a part is, and changing that. Safe for many threads. */
public interface RecipeChoice {
  /** The recipe of a part: that which was asked for, else the one whose pattern its id fits, else the one in use. */
  String forPart(Optional<String> asked, Optional<String> partId);

  /** The recipe in use. */
  String inUse();

  /** Its number for a PLC; 0 where it has none. */
  int numberInUse();

  /**
   * Puts the recipe with that number into use.
   *
   * @param by who or what asks
   * @throws io.kerf.fault.FaultException where there is none
   */
  void useNumber(int number, String by);

  /**
   * Puts the recipe with that name into use.
   *
   * @param by who or what asks
   * @throws io.kerf.fault.FaultException where there is none
   */
  void useNamed(String recipe, String by);
}
