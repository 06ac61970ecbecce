package io.kerf.web.people;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where a request says that it comes from. */
final class Origin {
  private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[(::1|0:0:0:0:0:0:0:1)])(:[0-9]{1,5})?");

  private Origin() {}

  /** Whether a Host header speaks of this machine by a name that no other machine's page can have: a name from the DNS may lead anywhere. */
  static boolean isLoopbackName(String host) {
    return host != null && LOOPBACK.matcher(host).matches();
  }

  /**
   * Whether a browser says that another site's page sent it. What is no browser says nothing, and brings no cookie that somebody else has got.
   *
   * @param fetchSite the header Sec-Fetch-Site, which no script can set. @param origin the header Origin; @param host the header Host; each may be null
   */
  static boolean isCrossSite(String fetchSite, String origin, String host) {
    if (fetchSite != null) {
      return !fetchSite.equals("same-origin") && !fetchSite.equals("none");
    }
    if (origin == null) {
      return false;
    }
    return host == null || !authority(origin).equals(withoutDefaultPort(host.toLowerCase(Locale.ROOT), origin));
  }

  private static String authority(String origin) {
    return withoutDefaultPort(origin.toLowerCase(Locale.ROOT).replaceFirst("^https?://", ""), origin);
  }

  private static String withoutDefaultPort(String authority, String origin) {
    return authority.replaceFirst(origin.toLowerCase(Locale.ROOT).startsWith("https:") ? ":443$" : ":80$", "");
  }
}
