package io.kerf.config.document;

import java.util.Optional;

/**
 * Who may see the station.
 *
 * @param openViewing whether pages and verdicts are shown without a login; {@code kerf.people.open-viewing} where absent
 */
public record PeopleSection(Optional<Boolean> openViewing) {
  public static final PeopleSection DEFAULT = new PeopleSection(null);

  public PeopleSection {
    openViewing = openViewing == null ? Optional.empty() : openViewing;
  }
}
