package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.kerf.packaged.PackagedApplication.Station;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's first minutes: the packaged station learns from its demo line and judges, and the page shows it. */
class DemoPageIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Map<String, String> QUICK = Map.of("KERF_DEMO_PARTS", "40", "KERF_DEMO_COLLECT_EVERY", "50ms", "KERF_DEMO_TRAINING_BUDGET", "6s",
      "KERF_DEMO_SIZE_PX", "64", "KERF_DEMO_FALSE_REJECT_BUDGET", "0.1", "KERF_DEMO_JUDGE_EVERY", "300ms");

  @TempDir
  private Path data;

  @Test
  void thePageShowsTheDemoLearnAndJudgeAndAsksNoOtherHost() throws Exception {
    Browsers.require(CHROMIUM);
    try (Station station = Station.start(data, QUICK);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(
            List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")))) {
      Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1920, 1080));
      List<String> hosts = new CopyOnWriteArrayList<>();
      List<String> errors = new CopyOnWriteArrayList<>();
      page.onRequest(request -> hosts.add(String.valueOf(URI.create(request.url()).getHost())));
      page.onPageError(errors::add);
      page.navigate(station.uri("/").toString());
      PlaywrightAssertions.assertThat(page.getByTestId("demo-banner")).isVisible();
      PlaywrightAssertions.assertThat(page.locator("body")).hasAttribute("data-phase", Pattern.compile("TRAINING"), attributeWithin(60_000));
      PlaywrightAssertions.assertThat(page.getByTestId("training-progress")).isVisible();
      PlaywrightAssertions.assertThat(page.locator("body")).hasAttribute("data-phase", Pattern.compile("JUDGING"), attributeWithin(120_000));
      PlaywrightAssertions.assertThat(page.getByTestId("verdict")).hasAttribute("data-verdict", Pattern.compile("OK|NG"), attributeWithin(30_000));
      Locator items = page.getByTestId("recent-item");
      assertThat(items.count()).isGreaterThan(2);
      PlaywrightAssertions.assertThat(page.getByTestId("connection")).hasAttribute("data-state", "live");
      items.nth(1).click();
      PlaywrightAssertions.assertThat(page.getByTestId("review-good")).isVisible();
      page.keyboard().press("g");
      PlaywrightAssertions.assertThat(page.getByTestId("review-said")).containsText("Say who you are first");
      page.getByTestId("review-name").fill("Ann");
      page.getByTestId("review-good").click();
      PlaywrightAssertions.assertThat(page.getByTestId("review-said")).containsText("Good, says Ann");
      page.getByTestId("review-name").blur();
      page.keyboard().press("b");
      PlaywrightAssertions.assertThat(page.getByTestId("review-said")).containsText("Bad, says Ann");
      assertThat(new ObjectMapper().readTree(station.get("/api/golden?recipe=demo").body())).hasSize(1);
      Files.createDirectories(Path.of("target"));
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/review.png")));
      page.getByTestId("review-undo").click();
      PlaywrightAssertions.assertThat(page.getByTestId("review-undo")).isHidden();
      JsonNode audit = new ObjectMapper().readTree(station.get("/api/audit?recipe=demo").body()).path("items");
      assertThat(audit.findValuesAsText("action")).containsExactly("review-taken-back", "review-said", "review-said", "model-activated");
      assertThat(audit.findValuesAsText("by")).containsExactly("Ann", "Ann", "Ann", "station");
      page.keyboard().press("Escape");
      PlaywrightAssertions.assertThat(page.getByTestId("review-good")).isHidden();
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/page.png")));
      assertThat(hosts).isNotEmpty().allMatch(host -> host.equals("127.0.0.1") || host.equals("null"));
      assertThat(errors).isEmpty();

      JsonNode status = new ObjectMapper().readTree(station.get("/api/station").body());
      assertThat(status.path("model").path("digest").asText()).hasSize(64);
      assertThat(status.path("model").path("engine").asText()).isEqualTo("OnnxRuntime");
    }
  }

  private static LocatorAssertions.HasAttributeOptions attributeWithin(int millis) {
    return new LocatorAssertions.HasAttributeOptions().setTimeout(millis);
  }
}
