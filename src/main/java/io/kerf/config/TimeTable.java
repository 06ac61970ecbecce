package io.kerf.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;

/** When something begins, written as cron writes it. */
public final class TimeTable {
  /** What a text must be, for people. */
  public static final String EXPECTED = "off, or minute, hour, day of month, month and day of week, such as 0 2 * * *";

  private TimeTable() {}

  /** Whether it is {@code off} or five fields that say when. */
  public static boolean isValid(String text) {
    try {
      if (!text.equals("off")) {
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text).validate();
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
