package io.kerf.fleet.sender;

/** How far a rollout goes before it looks: {@code 2} stations, {@code 10%} of them, or {@code all}. */
public record Stage(double share, int count) {
  public static final Stage ALL = new Stage(1, 0);

  /** @throws IllegalArgumentException where it is none */
  public static Stage parse(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    if (text.matches("[0-9]{1,2}(\\.[0-9]{1,3})?%")) {
      return new Stage(Double.parseDouble(text.substring(0, text.length() - 1)) / 100, 0);
    }
    if (text.matches("[1-9][0-9]{0,5}")) {
      return new Stage(0, Integer.parseInt(text));
    }
    throw new IllegalArgumentException("a stage is a number of stations, a share such as 10%, or all");
  }

  /** Stations it reaches of so many; at least one. */
  public int reaches(int stations) {
    return Math.min(stations, Math.max(1, Math.max(count, (int) Math.ceil(share * stations))));
  }
}
