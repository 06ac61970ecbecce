package io.kerf.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.packaged.PackagedApplication.Station;
import io.kerf.training.SyntheticParts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages people work with, on one packaged station with a small model, some good and some bad parts, and one that cannot be judged. */
class PagesIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SETTINGS = Map.of("KERF_DEMO_ENABLED", "false", "KERF_LEARN_ENABLED", "false", "KERF_COLLECT_ENABLED", "false");
  /** What people read across three metres, on a screen of 1080 lines. */
  private static final int READABLE_PX = 54;
  private static final List<String> PAGES = List.of("/", "/?wall", "/history.html", "/review.html", "/quality.html", "/learning.html", "/setup.html");

  @TempDir
  private static Path folder;
  private static Station station;
  private static Playwright playwright;
  private static Browser browser;
  /** The image of a part that passes, and of one that is stopped. */
  private static byte[] fine;
  private static byte[] odd;

  private final List<String> hosts = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Browsers.require(CHROMIUM);
    SyntheticParts.good(folder.resolve("learn"), 60, 1);
    Ended trained = PackagedApplication.run(folder, "train", "learn", "--size", "64", "--encoder-only", "random", "--alpha", "10%");
    assertThat(trained.exit()).as(trained.err()).isZero();
    station = Station.start(folder.resolve("data"), SETTINGS);
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(
        List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")));
    fine = firstOf("OK", SyntheticParts.good(folder.resolve("good"), 8, 2));
    odd = firstOf("NG", SyntheticParts.bad(folder.resolve("bad"), 8, 3));
    for (int i = 0; i < 6; i++) {
      judge(odd, "B-" + i);
    }
    judge(black(), "C-1");
  }

  private static byte[] firstOf(String verdict, List<Path> parts) throws Exception {
    for (Path part : parts) {
      byte[] image = Files.readAllBytes(part);
      if (judge(image, "A-1").path("verdict").asText().equals(verdict)) {
        return image;
      }
    }
    throw new AssertionError("none of " + parts.size() + " parts is " + verdict);
  }

  @AfterAll
  static void stop() {
    Stream.of(browser, playwright, station).filter(one -> one != null).forEach(one -> {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
  }

  @AfterEach
  void noOtherHostWasAskedAndNothingBroke() {
    assertThat(hosts).isNotEmpty().allMatch(host -> host.equals("127.0.0.1") || host.equals("null"));
    assertThat(errors).isEmpty();
  }

  private static JsonNode judge(byte[] image, String part) throws Exception {
    return JSON.readTree(station.post("/api/inspections?lot=L1&partId=" + part, "image/png", image).body());
  }

  private static byte[] black() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  private Page open(String path, int width, int height, String locale) {
    BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height).setLocale(locale).setTimezoneId("UTC"));
    Page page = context.newPage();
    page.onRequest(request -> hosts.add(String.valueOf(URI.create(request.url()).getHost())));
    page.onPageError(errors::add);
    page.navigate(station.uri(path).toString());
    assertThat(page.getByTestId("connection")).hasAttribute("data-state", "live");
    return page;
  }

  private Page open(String path) {
    return open(path, 1400, 900, "en-GB");
  }

  private static double pixels(Locator text) {
    return ((Number) text.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")).doubleValue();
  }

  @Test
  void onAWallTheVerdictOfThePartAtHandIsReadFromThreeMetres() throws Exception {
    Page page = open("/?wall", 1920, 1080, "en-GB");
    JsonNode part = judge(odd, "B-6");
    assertThat(part.path("verdict").asText()).isEqualTo("NG");
    assertThat(page.getByTestId("verdict")).hasAttribute("data-verdict", "NG");
    assertThat(page.getByTestId("heat-map").first()).isVisible();
    judge(fine, "A-2");
    assertThat(page.getByTestId("verdict-word")).hasText("OK");
    assertThat(page.getByTestId("counts-title")).hasText(Pattern.compile("Shift since [0-9]{2}:[0-9]{2}"));
    assertThat(pixels(page.getByTestId("verdict-word"))).isGreaterThan(150);
    assertThat(pixels(page.locator("#count-ng"))).isGreaterThanOrEqualTo(READABLE_PX);
    assertThat(page.getByTestId("takt")).isVisible();
    assertThat(page.getByTestId("recent-strip")).isHidden();
    assertThat((Boolean) page.evaluate("document.documentElement.scrollHeight <= innerHeight")).isTrue();
    page.keyboard().press("w");
    assertThat(page.getByTestId("recent-strip")).isVisible();
    assertThat(page).not().hasURL(Pattern.compile("wall"));
  }

  @Test
  void aDocumentThatIsWrittenWronglyByHandIsAnAlarmOnTheLineAndSaidInTheSetup() throws Exception {
    Path file = folder.resolve("data/document/station.yaml");
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : "schema: 1\n".getBytes(StandardCharsets.UTF_8);
    Page page = open("/");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "schema: 1\nstation: {nome: Press}\n");
    assertThat(page.getByTestId("alarms")).containsText("nome", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
    assertThat(page.getByTestId("alarms")).containsText("Station document");
    page.navigate(station.uri("/setup.html").toString());
    assertThat(page.getByTestId("safe-mode")).containsText("not in force");
    Files.write(file, before);
    assertThat(page.getByTestId("safe-mode")).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(20_000));
  }

  /** Nothing is said in nobody's name; each key moves on to the next part, and the last word can be taken back. */
  @Test
  void partsThatWereStoppedAreReviewedByKeys() throws Exception {
    Page page = open("/review.html");
    Locator atHand = page.getByTestId("at-hand");
    String first = atHand.getAttribute("data-id");
    page.keyboard().press("g");
    assertThat(page.getByTestId("review-said")).containsText("Say who you are first");
    page.getByTestId("who").fill("Ann");
    page.getByTestId("who").blur();
    page.keyboard().press("ArrowRight");
    assertThat(atHand).not().hasAttribute("data-id", first);
    String second = atHand.getAttribute("data-id");
    page.keyboard().press("b");
    assertThat(page.getByTestId("queue-progress")).containsText("1 of");
    assertThat(atHand).not().hasAttribute("data-id", second);
    String third = atHand.getAttribute("data-id");
    page.keyboard().press("g");
    assertThat(page.getByTestId("queue-progress")).containsText("2 of");
    assertThat(said(second)).isEqualTo("BAD by Ann");
    assertThat(said(third)).isEqualTo("GOOD by Ann");
    page.keyboard().press("u");
    assertThat(page.getByTestId("queue-progress")).containsText("1 of");
    assertThat(atHand).hasAttribute("data-id", third);
    assertThat(station.get("/api/inspections/" + third + "/review").statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(station.get("/api/golden").body()).findValuesAsText("id")).contains(second);
  }

  private static String said(String id) throws Exception {
    JsonNode review = JSON.readTree(station.get("/api/inspections/" + id + "/review").body());
    return review.path("truth").asText() + " by " + review.path("by").asText();
  }

  @Test
  void twoPartsAreFoundAndComparedSideBySide() {
    Page page = open("/history.html");
    page.getByTestId("verdict-NG").check();
    page.getByTestId("search").click();
    assertThat(page).hasURL(Pattern.compile("verdict=NG"));
    assertThat(page.locator("[data-testid=result][data-verdict=OK]")).hasCount(0);
    assertThat(page.locator("[data-testid=result][data-verdict=NG]").nth(3)).isVisible();
    assertThat(page.getByTestId("export-csv")).hasAttribute("href", Pattern.compile("export\\.csv\\?verdict=NG"));
    page.getByTestId("result").first().click();
    page.keyboard().press("c");
    page.keyboard().press("ArrowDown");
    assertThat(page.getByTestId("comparison").locator("[data-differs=true]").first()).containsText("Part");
    Locator frames = page.getByTestId("viewers").locator(".viewer");
    assertThat(frames).hasCount(2);
    frames.nth(0).focus();
    page.keyboard().press("+");
    assertThat(frames.nth(0)).hasAttribute("style", Pattern.compile("scale\\(1\\.4\\)"));
    assertThat(frames.nth(1)).hasAttribute("style", Pattern.compile("scale\\(1\\.4\\)"));
    page.keyboard().press("Escape");
    assertThat(page.getByTestId("comparison")).isHidden();
    assertThat(page.getByTestId("facts")).containsText("p-value");
  }

  @Test
  void theDocumentIsEditedPastAnErrorAndNobodysChangeIsLost() throws Exception {
    Page page = open("/setup.html");
    Locator text = page.getByTestId("document-text");
    text.fill("schema: 1\nstation:\n  nome: Press 4\n");
    Locator problem = page.getByTestId("problem");
    assertThat(problem).containsText("Line 3");
    assertThat(page.getByTestId("document-apply")).isDisabled();
    problem.click();
    assertThat(text).isFocused();
    assertThat(text.evaluate("node => node.value.slice(node.selectionStart, node.selectionEnd)")).isEqualTo("  nome: Press 4");
    text.fill("schema: 1\nstation:\n  name: Press 4\n");
    assertThat(page.getByTestId("difference")).containsText("+  name: Press 4");
    page.getByTestId("who").fill("Ann");
    page.getByTestId("document-reason").fill("its own name");
    page.getByTestId("document-apply").click();
    assertThat(page.getByTestId("document-now")).containsText("by Ann: its own name");
    assertThat(page.locator("#station-name")).hasText("Press 4");
    assertThat(page.getByTestId("version").first()).containsText("its own name");

    text.fill("schema: 1\nstation:\n  name: Press 5\n");
    assertThat(page.getByTestId("document-apply")).isEnabled();
    assertThat(put("schema: 1\nstation:\n  name: Press 6\n")).isEqualTo(200);
    page.getByTestId("document-apply").click();
    assertThat(page.getByTestId("notice")).containsText("document-changed");
    assertThat(page.getByTestId("document-conflict")).isVisible();
    assertThat(text).hasValue("schema: 1\nstation:\n  name: Press 5\n");
    page.getByTestId("document-load").click();
    assertThat(text).hasValue("schema: 1\nstation:\n  name: Press 6\n");
    assertThat(page.getByTestId("document-conflict")).isHidden();
  }

  private static int put(String document) throws Exception {
    return PackagedApplication.HTTP.send(HttpRequest.newBuilder(station.uri("/api/document?by=Bob")).header("Content-Type", "application/yaml")
        .PUT(HttpRequest.BodyPublishers.ofString(document)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void theQualityPageHoldsThePromiseAgainstWhatPeopleSaidAndShowsWherePartsAreOdd() {
    Page page = open("/quality.html");
    assertThat(page.getByTestId("rejects")).containsText("10.00 %");
    assertThat(page.getByTestId("rejects-verdict")).not().isEmpty();
    assertThat(page.getByTestId("pareto").locator("tbody tr").first()).isVisible();
    page.locator("summary").first().click();
    assertThat(page.getByTestId("scores-table").locator("tbody tr").first()).isVisible();
    page.getByTestId("hours-24").click();
    assertThat(page.getByTestId("hours-24")).hasAttribute("aria-pressed", "true");
  }

  @Test
  void everyTextIsThereInBothLanguagesAndTheChoiceIsKept() {
    Page page = open("/", 1400, 900, "zh-CN");
    assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
    assertThat(page.getByTestId("verdict-word")).hasText(Pattern.compile("合格|不合格|无法判定"));
    assertThat((List<?>) page.evaluate("""
        async () => {
          const [{TEXTS: en}, {TEXTS: zh}] = await Promise.all([import('/js/texts-en.js'), import('/js/texts-zh.js')]);
          const same = (key) => typeof en[key] === typeof zh[key] && (typeof en[key] !== 'function' || en[key].length === zh[key].length);
          return [...new Set([...Object.keys(en), ...Object.keys(zh)])].filter((key) => !same(key));
        }""")).isEmpty();
    page.getByTestId("language").click();
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    assertThat(page.getByTestId("to-history")).hasText("History");
    page.getByTestId("to-setup").click();
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    assertThat(page.getByTestId("language")).hasText("中文");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyPageKeepsTheRulesForWhoDoesNotSeeWell(boolean dark) throws Exception {
    String axe;
    try (InputStream script = PagesIT.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String path : PAGES) {
      Page page = open(path);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
      page.evaluate(axe);
      assertThat((List<?>) page.evaluate("""
          async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})).violations
            .flatMap(({id, nodes}) => nodes.map(({target}) => `${id} ${target.join(' ')}`))""")).as(path).isEmpty();
      page.context().close();
    }
  }

  @Test
  void aPhoneShowsEveryPageWithoutScrollingAsideAndWithPlacesAFingerHits() {
    for (String path : PAGES) {
      Page page = open(path, 390, 844, "en-GB");
      assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")).as(path).isTrue();
      assertThat((List<?>) page.evaluate("""
          [...document.querySelectorAll('button, a, select, textarea, input:not([type=range], [type=checkbox], [type=file])')]
            .map((node) => [node, node.getBoundingClientRect()]).filter(([node, {width, height}]) => width > 0 && height < 43.5 && !node.matches('.skip'))
            .map(([node, {height}]) => `${node.outerHTML.slice(0, 90)} ${height}`)""")).as(path).isEmpty();
      page.context().close();
    }
  }

  @Test
  void aPageThatIsOpenWhileTheStationIsKilledAndStartedIsRightAgain() throws Exception {
    Page page = open("/");
    Page history = open("/review.html");
    station.process().destroyForcibly().waitFor();
    assertThat(page.getByTestId("connection")).hasAttribute("data-state", "lost", new LocatorAssertions.HasAttributeOptions().setTimeout(15_000));
    assertThat(history.getByTestId("connection")).hasAttribute("data-state", "lost", new LocatorAssertions.HasAttributeOptions().setTimeout(15_000));
    station = station.again(folder.resolve("data"), SETTINGS);
    JsonNode part = judge(odd, "B-after");
    assertThat(page.getByTestId("connection")).hasAttribute("data-state", "live", new LocatorAssertions.HasAttributeOptions().setTimeout(40_000));
    assertThat(history.getByTestId("connection")).hasAttribute("data-state", "live", new LocatorAssertions.HasAttributeOptions().setTimeout(40_000));
    assertThat(page.getByTestId("verdict")).hasAttribute("data-verdict", part.path("verdict").asText());
    assertThat(page.locator("#facts")).containsText("B-after");
    long ng = JSON.readTree(station.get("/api/station").body()).path("shift").path("counts").path("ng").asLong();
    assertThat(page.locator("#count-ng")).hasText(Long.toString(ng));
  }
}
