package io.kerf.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.packaged.PackagedApplication.Station;
import io.kerf.training.SyntheticParts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A quality engineer's round: asks for a refit, follows the candidate to its promotion, confirms a normal, and rolls back. */
class LearningPageIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHADOW_PARTS = 5;
  private static final Map<String, String> SETTINGS = Map.of("KERF_DEMO_ENABLED", "false", "KERF_LEARN_CRON", "off", "KERF_LEARN_REFIT_AFTER", "0",
      "KERF_LEARN_FINE_TUNE_AFTER", "0", "KERF_LEARN_SHADOW_PARTS", String.valueOf(SHADOW_PARTS), "KERF_LEARN_LEAST_FREE", "1M", "KERF_LEARN_HOTTEST_CELSIUS", "125");

  @TempDir
  private Path folder;

  private final List<String> hosts = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();

  @Test
  void aCandidateIsAskedForFollowedToItsPromotionAndTakenBack() throws Exception {
    Browsers.require(CHROMIUM);
    SyntheticParts.good(folder.resolve("good"), 60, 1);
    List<Path> line = SyntheticParts.good(folder.resolve("line"), 60, 2);
    Ended trained = PackagedApplication.run(folder, "train", "good", "--size", "64", "--encoder-only", "random", "--alpha", "10%");
    assertThat(trained.exit()).as(trained.err()).isZero();
    String first = Path.of(trained.out().strip()).getFileName().toString();
    try (Station station = Station.start(folder.resolve("data"), SETTINGS);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(
            List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")))) {
      collect(station, line.subList(0, 20));
      Page page = opened(browser, station);
      assertThat(page.getByTestId("decision")).containsText(Pattern.compile("Nothing is planned; [0-9]+ new normal"));
      refit(page);
      String second = promoted(page, station, line.subList(20, 60), first);
      confirm(page, station);
      compare(page);
      rollBack(page, station, first, second);
      assertThat(hosts).isNotEmpty().allMatch(host -> host.equals("127.0.0.1") || host.equals("null"));
      assertThat(errors).isEmpty();
      assertThat(station.log()).doesNotContain("Exception");
    }
  }

  private static void collect(Station station, List<Path> parts) throws Exception {
    for (Path part : parts) {
      station.post("/api/inspections", "image/png", Files.readAllBytes(part));
    }
    int presumed = 0;
    for (int i = 0; i < 100 && presumed < 2; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      presumed = JSON.readTree(station.get("/api/normals").body()).path("presumed").asInt();
    }
    assertThat(presumed).isGreaterThanOrEqualTo(2);
  }

  /** From the line's page, by its link. */
  private Page opened(Browser browser, Station station) {
    Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1400, 900));
    page.onRequest(request -> hosts.add(String.valueOf(URI.create(request.url()).getHost())));
    page.onPageError(errors::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        errors.add(message.text());
      }
    });
    page.navigate(station.uri("/").toString());
    page.getByTestId("to-learning").click();
    assertThat(page.getByTestId("connection")).hasAttribute("data-state", "live");
    assertThat(page.getByTestId("recipe")).hasText("default");
    return page;
  }

  /** Nothing is asked for in nobody's name. */
  private static void refit(Page page) {
    page.getByTestId("refit").click();
    assertThat(page.getByTestId("who-asked")).containsText("Say who you are first");
    assertThat(page.getByTestId("attempt")).hasCount(0);
    page.getByTestId("who").fill("Ann");
    page.getByTestId("refit").click();
    assertThat(page.getByTestId("attempt").first()).containsText("by Ann");
    assertThat(page.getByTestId("candidate")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
    assertThat(page.getByTestId("candidate").locator("[data-rule]")).hasCount(6);
    assertThat(page.getByTestId("candidate").locator("[data-passed=true]")).hasCount(6);
    assertThat(page.getByTestId("refit")).isDisabled();
  }

  /** Parts of the line come one by one, as the candidate judges. Answers with the digest of what was promoted. */
  private static String promoted(Page page, Station station, List<Path> parts, String first) throws Exception {
    Locator attempt = page.getByTestId("attempt").first();
    for (int i = 0; i < parts.size() && JSON.readTree(station.get("/api/learning").body()).path("candidate").path("parts").asInt(SHADOW_PARTS) < SHADOW_PARTS; i++) {
      station.post("/api/inspections", "image/png", Files.readAllBytes(parts.get(i)));
    }
    assertThat(attempt).hasAttribute("data-state", "promoted", new LocatorAssertions.HasAttributeOptions().setTimeout(20_000));
    assertThat(page.getByTestId("candidate")).isHidden();
    assertThat(page.getByTestId("model")).hasCount(2);
    Locator inUse = page.locator("[data-testid=model][data-state=IN_USE]");
    assertThat(inUse).hasCount(1);
    String second = inUse.getAttribute("data-digest");
    assertThat(second).isNotEqualTo(first).isEqualTo(JSON.readTree(station.get("/api/models").body()).path("inUse").asText());
    return second;
  }

  private static void confirm(Page page, Station station) throws Exception {
    Locator tile = page.getByTestId("normal").first();
    String id = tile.getAttribute("data-id");
    tile.scrollIntoViewIfNeeded();
    page.waitForFunction("id => document.querySelector(`[data-id='${id}'] img`).naturalWidth === 64", id);
    tile.getByTestId("confirm").click();
    assertThat(page.locator("[data-testid=normal][data-id='" + id + "']")).hasCount(0);
    assertThat(page.getByTestId("standings")).containsText("Confirmed1");
    assertThat(JSON.readTree(station.get("/api/normals").body()).path("confirmed").asInt()).isEqualTo(1);
  }

  private static void compare(Page page) {
    page.getByTestId("choose").nth(0).check();
    page.getByTestId("choose").nth(1).check();
    assertThat(page.getByTestId("comparison").locator("[data-differs=true]").filter(new Locator.FilterOptions().setHasText("Learnt from"))).hasCount(1);
    assertThat(page.getByTestId("comparison").locator("[data-differs=false]").filter(new Locator.FilterOptions().setHasText("Encoder")).first()).isVisible();
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/learning.png")).setFullPage(true));
  }

  private static void rollBack(Page page, Station station, String first, String second) throws Exception {
    page.getByTestId("roll-back").click();
    assertThat(page.getByTestId("ask-name")).hasValue("Ann");
    page.getByTestId("ask-reason").fill("lot 48 looks odd");
    page.getByTestId("ask-go").click();
    assertThat(page.getByTestId("ask")).isHidden();
    assertThat(page.locator("[data-testid=model][data-state=IN_USE]")).hasAttribute("data-digest", first);
    assertThat(page.getByTestId("activation")).hasCount(3);
    assertThat(page.getByTestId("activation").first()).containsText("Ann: lot 48 looks odd");
    JsonNode audit = JSON.readTree(station.get("/api/audit?recipe=default").body()).path("items");
    assertThat(audit.findValuesAsText("action")).startsWith("model-rolled-back", "normal-confirmed").contains("candidate-promoted", "learning-started");
    assertThat(JSON.readTree(station.get("/api/models").body()).path("previous").asText()).isEqualTo(second);
  }
}
