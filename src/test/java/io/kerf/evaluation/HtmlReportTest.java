package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private final SampleReport sample = new SampleReport();

  @Test
  void thePageIsWellFormedAndHasEverySection(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.html");
    HtmlReport.write(sample.result(), sample.material(), file);
    Document page = parsed(Files.readString(file));
    assertThat(texts(page, "h2")).containsExactly("Each kind of defect", "How well good and defective parts are told apart",
        "Each score on its own", "Light and place", "What the encoder learnt", "Parts to look at", "Time", "How this was made", "All verdicts");
    assertThat(charts(page)).isEqualTo(5);
    assertThat(page.getElementsByTagName("article").getLength()).isEqualTo(18);
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    String page = HtmlReport.render(sample.result(), sample.material());
    assertThat(page).doesNotContain("http:", "https:", "<script", "<link", "@import", "url(", "javascript:");
    assertThat(page).doesNotContainPattern("(src|href)=\"(?!data:|#)");
  }

  @Test
  void namesCannotBecomeMarkup() {
    String page = HtmlReport.render(sample.result(), sample.material());
    assertThat(page).doesNotContain("<small>").contains("broken &lt;small&gt; &amp; &quot;odd&quot;");
  }

  @Test
  void idsAreUnique() throws Exception {
    NodeList all = parsed(HtmlReport.render(sample.result(), sample.material())).getElementsByTagName("*");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      String id = ((Element) all.item(i)).getAttribute("id");
      if (!id.isEmpty()) {
        ids.add(id);
      }
    }
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void figuresAreOnThePage() {
    EvaluationResult result = sample.result();
    String page = HtmlReport.render(result, ReportMaterial.none());
    assertThat(page).contains(Figures.share(result.overall().imageAuroc()), Figures.share(result.floor().imageAuroc()),
        Figures.share(result.overall().aupro()), result.bundle(), "promised 5\u00a0%", "too-dark",
        "1 of 84 parts could not be judged (0 good, 1 defective)");
  }

  @Test
  void scoresAndLightAreOnThePage() {
    EvaluationResult result = sample.result();
    String page = HtmlReport.render(result, ReportMaterial.none());
    assertThat(page).contains("<th scope=\"row\">dense-top</th><td>yes</td>", "<th scope=\"row\">local</th><td></td>", SampleReport.REASON,
        Html.escape(result.hindsight().orElseThrow().sentence()), "<tr class=\"wrong\"><th scope=\"row\">rotation 1°</th>",
        "<tr><th scope=\"row\">brightness +10 %</th>", "floor: thumbnail", Figures.share(result.floor().thumbnailAuroc()));
  }

  @Test
  void anEvaluationWithNothingInItStillGivesAPage() throws Exception {
    Document page = parsed(HtmlReport.render(empty(new Scorecard(0.01, 3, 10)), ReportMaterial.none()));
    assertThat(charts(page)).isZero();
  }

  @Test
  void oneGoodPartOrOneDefectIsEnoughForAPage() throws Exception {
    Scorecard good = new Scorecard(0.01, 3, 10);
    good.add(new CaseResult(new LabelledImage(Path.of("1.png"), "good", false, Optional.empty(), Optional.empty()),
        new CaseResult.Judged(3, 1, false, Map.of()), 1));
    Scorecard bad = new Scorecard(0.01, 3, 10);
    bad.add(new CaseResult(new LabelledImage(Path.of("1.png"), "bent", true, Optional.empty(), Optional.empty()),
        new CaseResult.Judged(-7, 1, false, Map.of()), 1));
    for (Scorecard scorecard : List.of(good, bad)) {
      Document page = parsed(HtmlReport.render(empty(scorecard), ReportMaterial.none()));
      assertThat(charts(page)).isEqualTo(1);
    }
  }

  private static EvaluationResult empty(Scorecard scorecard) {
    return new EvaluationResult("none", Instant.EPOCH, "", new EvaluationResult.Settings(64, "0", 0, "random", "gde", 0.01, 0.01, OptionalInt.empty(), "", "empirical"),
        scorecard.overall(), scorecard.floor(), Map.of(), List.of(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), new TreeMap<>(scorecard.classes()), EvaluationResult.Training.none(), Map.of(),
        new EvaluationResult.Timings(0, 0, 0, 0), new EvaluationResult.Host(1, "", "", "", Map.of()),
        scorecard.cases().stream().map(EvaluationResult.Case::of).toList());
  }

  private static Document parsed(String page) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return parser.parse(new InputSource(new StringReader(page)));
  }

  private static long charts(Document page) {
    NodeList drawings = page.getElementsByTagName("svg");
    long charts = 0;
    for (int i = 0; i < drawings.getLength(); i++) {
      charts += ((Element) drawings.item(i)).getAttribute("class").equals("chart") ? 1 : 0;
    }
    return charts;
  }

  private static List<String> texts(Document page, String tag) {
    NodeList found = page.getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }
}
