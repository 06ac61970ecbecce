package io.kerf.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.packaged.PackagedApplication.Station;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged station over HTTPS with a certificate of its own: claimed, people let in and turned away, and what is kept over a restart. */
class PeoplePageIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String ANNS = "correct horse";
  private static final String BOBS = "battery staple";

  @TempDir
  private Path folder;

  private final List<String> errors = new CopyOnWriteArrayList<>();

  private Station started(Map<String, String> more) throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>(Map.of("KERF_DEMO_ENABLED", "false", "KERF_TLS_ENABLED", "true"));
    try (ServerSocket socket = new ServerSocket(0)) {
      settings.put("KERF_TLS_PORT", Integer.toString(socket.getLocalPort()));
    }
    settings.putAll(more);
    return Station.start(folder.resolve("data"), settings);
  }

  private Page page(BrowserContext context) {
    Page page = context.newPage();
    page.onPageError(errors::add);
    return page;
  }

  private static BrowserContext context(Browser browser, int width) {
    return browser.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true).setViewportSize(width, 900));
  }

  @Test
  void aStationIsClaimedAndEverybodyDoesWhatTheyMay() throws Exception {
    Browsers.require(CHROMIUM);
    try (Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(
            List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")))) {
      BrowserContext anns = context(browser, 1400);
      String token;
      try (Station station = started(Map.of())) {
        Page ann = page(anns);
        claim(ann, station);
        theCookieIsForTlsAlone(anns);
        token = lettingIn(ann, station);
        Page bob = page(context(browser, 390));
        aViewerLooksOn(bob, station);
        lockedOut(bob);
        assertThat(station.log()).doesNotContain(ANNS).doesNotContain(BOBS).doesNotContain(token).doesNotContain("Exception");
      }
      aRestartLogsNobodyOutAndACommandDoes(anns, token);
      assertThat(errors).isEmpty();
    }
  }

  private static void claim(Page page, Station station) throws IOException {
    page.navigate(station.tls("/learning.html").toString());
    page.getByTestId("to-claim").click();
    assertThat(page.getByTestId("fingerprint")).hasText(station.after("with what a browser shows: "));
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/claim.png")).setFullPage(true));
    page.getByTestId("code").fill("AAAA-AAAA");
    page.getByTestId("name").fill("Ann Lee");
    page.getByTestId("password").fill(ANNS);
    page.getByTestId("again").fill(ANNS + "s");
    page.keyboard().press("Enter");
    assertThat(page.getByTestId("refusal")).containsText("The two passwords differ");
    page.getByTestId("again").fill(ANNS);
    page.keyboard().press("Enter");
    assertThat(page.getByTestId("refusal")).containsText("wrong-claim-code");
    page.getByTestId("code").fill(station.after("with the code ").replace(".", ""));
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/learning\\.html$"));
    assertThat(page.getByTestId("session-who")).hasText("Ann Lee");
    assertThat(page.getByTestId("who")).isHidden();
  }

  private static void theCookieIsForTlsAlone(BrowserContext context) {
    List<Cookie> cookies = context.cookies();
    assertThat(cookies).hasSize(1);
    Cookie cookie = cookies.get(0);
    assertThat(cookie.name).isEqualTo("kerf-session");
    assertThat(cookie.secure).isTrue();
    assertThat(cookie.httpOnly).isTrue();
    assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
    assertThat(cookie.path).isEqualTo("/");
    assertThat(cookie.expires).as("until the browser is closed").isEqualTo(-1);
  }

  private static String lettingIn(Page page, Station station) throws Exception {
    page.getByTestId("session-who").click();
    assertThat(page.getByTestId("person")).hasCount(1);
    page.getByTestId("person-name").fill("Bob");
    page.getByTestId("person-role").selectOption("viewer");
    page.getByTestId("person-password").fill(BOBS);
    page.getByTestId("add-person").click();
    assertThat(page.getByTestId("person")).hasCount(2);
    page.getByTestId("token-name").fill("camera 2");
    page.getByTestId("add-token").click();
    assertThat(page.getByTestId("made-token")).hasText(Pattern.compile("kerf_[A-Za-z0-9_-]{43}"));
    String token = page.getByTestId("made-token").innerText();
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/people.png")).setFullPage(true));
    page.getByTestId("made-done").click();
    assertThat(page.getByTestId("token")).containsText("camera 2");
    assertThat(judged(station, token)).isEqualTo(400);
    assertThat(judged(station, token + "x")).isEqualTo(401);
    page.getByTestId("person").first().getByTestId("role").selectOption("viewer");
    assertThat(page.getByTestId("notice")).containsText("last-admin");
    assertThat(page.getByTestId("person").first().getByTestId("role")).hasValue("admin");
    return token;
  }

  /** Three bytes, which are no image to whoever is let in. */
  private static int judged(Station station, String token) throws Exception {
    return PackagedApplication.HTTP.send(HttpRequest.newBuilder(station.uri("/api/inspections")).timeout(Duration.ofSeconds(20)).header("Content-Type", "image/png")
        .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofString("abc")).build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static void aViewerLooksOn(Page page, Station station) throws IOException {
    page.navigate(station.tls("/learning.html").toString());
    page.getByTestId("pause").click();
    assertThat(page.getByTestId("who-asked")).isVisible();
    page.getByTestId("who").fill("Bob");
    page.getByTestId("pause").click();
    assertThat(page).hasURL(Pattern.compile("/login\\.html\\?to=%2Flearning\\.html$"));
    assertThat(page.getByTestId("form")).isVisible();
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/login-phone.png")).setFullPage(true));
    logIn(page, BOBS);
    assertThat(page.getByTestId("session-who")).hasText("Bob");
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/learning-phone.png")));
    page.getByTestId("pause").click();
    assertThat(page.getByTestId("notice")).containsText("not-allowed");
    page.getByTestId("session-who").click();
    assertThat(page.getByTestId("own-who")).containsText("Bob, Viewer");
    assertThat(page.getByTestId("add-person")).isHidden();
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/own-phone.png")).setFullPage(true));
    page.getByTestId("log-out").click();
    assertThat(page).hasURL(Pattern.compile("/login\\.html$"));
  }

  private static void logIn(Page page, String password) {
    page.getByTestId("name").fill("Bob");
    page.getByTestId("password").fill(password);
    page.keyboard().press("Enter");
  }

  private static void lockedOut(Page page) {
    for (int i = 0; i < 5; i++) {
      page.waitForResponse(response -> response.url().endsWith("/api/session") && response.request().method().equals("POST"), () -> logIn(page, "wrong password"));
      assertThat(page.getByTestId("refusal")).containsText("wrong-login");
      assertThat(page.getByTestId("go")).isEnabled();
    }
    logIn(page, BOBS);
    assertThat(page.getByTestId("refusal")).containsText("locked-out");
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/locked-out-phone.png")).setFullPage(true));
  }

  private void aRestartLogsNobodyOutAndACommandDoes(BrowserContext anns, String token) throws Exception {
    String port = anns.pages().get(0).url().replaceAll("https://127\\.0\\.0\\.1:([0-9]+)/.*", "$1");
    try (Station station = started(Map.of("KERF_TLS_PORT", port, "KERF_PEOPLE_OPEN_VIEWING", "false"))) {
      Page page = page(anns);
      page.navigate(station.tls("/people.html").toString());
      assertThat(page.getByTestId("session-who")).hasText("Ann Lee");
      assertThat(page.getByTestId("person")).hasCount(2);
      assertThat(judged(station, token)).isEqualTo(400);
      assertThat(station.get("/api/station").statusCode()).isEqualTo(401);
      Path password = Files.writeString(folder.resolve("password"), "another horse\n");
      Ended changed = PackagedApplication.run(folder, Map.of("KERF_DATA", folder.resolve("data").toString()), password, "people", "password", "Ann Lee");
      assertThat(changed.exit()).as(changed.err()).isZero();
      page.waitForCondition(() -> page.request().get(page.url().replace("/people.html", "/api/station")).status() == 401);
      page.getByTestId("person-name").fill("Cid");
      page.getByTestId("person-password").fill(BOBS);
      page.getByTestId("add-person").click();
      assertThat(page).hasURL(Pattern.compile("/login\\.html\\?to=%2Fpeople\\.html$"));
      assertThat(station.log()).doesNotContain("Exception").doesNotContain("with the code");
    }
  }
}
