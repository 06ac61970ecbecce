package io.kerf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arrows between packages, as {@code docs/design.md} draws them. */
@AnalyzeClasses(packages = "io.kerf", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Each package below {@code io.kerf} and what it may know of its own kind; {@code fault} everyone may know. */
  private static final Map<String, List<String>> MAY_KNOW = new LinkedHashMap<>();

  static {
    MAY_KNOW.put("fault", List.of());
    MAY_KNOW.put("config", List.of());
    MAY_KNOW.put("device", List.of());
    MAY_KNOW.put("storage", List.of("config"));
    MAY_KNOW.put("people", List.of("storage", "config"));
    MAY_KNOW.put("imaging", List.of("storage", "config"));
    MAY_KNOW.put("pretext", List.of("storage", "config"));
    MAY_KNOW.put("density", List.of("storage", "config"));
    MAY_KNOW.put("encoder", List.of("storage", "config"));
    MAY_KNOW.put("model", List.of("imaging", "density", "encoder", "storage", "config"));
    MAY_KNOW.put("inspection", List.of("model", "imaging", "density", "encoder", "storage", "config"));
    MAY_KNOW.put("training", List.of("model", "imaging", "density", "encoder", "pretext", "storage", "config", "device"));
    MAY_KNOW.put("evaluation", List.of("training", "model", "imaging", "density", "encoder", "pretext", "storage", "config"));
    MAY_KNOW.put("station", List.of("fleet", "inspection", "training", "model", "imaging", "density", "encoder", "storage", "config", "device"));
    MAY_KNOW.put("audit", List.of("model", "storage", "config"));
    MAY_KNOW.put("fleet", List.of("storage", "config"));
    MAY_KNOW.put("web", List.of("station", "fleet", "audit", "people", "inspection", "training", "model", "imaging", "storage", "config", "device"));
    MAY_KNOW.put("cli", List.of("audit", "fleet", "people", "evaluation", "inspection", "training", "model", "imaging", "density", "encoder", "pretext", "storage", "config", "device"));
  }

  @ArchTest
  static final ArchRule packagesKnowOnlyWhatLiesBelowThem = ArchRuleDefinition.classes().should(new ArchCondition<>("know only what lies below") {
    @Override
    public void check(JavaClass origin, ConditionEvents events) {
      String from = layer(origin);
      origin.getDirectDependenciesFromSelf().stream().map(d -> d.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith("io.kerf.")).distinct().forEach(target -> {
            String to = layer(target);
            if (!to.equals(from) && !to.equals("fault") && !MAY_KNOW.getOrDefault(from, List.of()).contains(to)) {
              events.add(SimpleConditionEvent.violated(origin, origin.getName() + " knows " + target.getName()));
            }
          });
    }
  });

  private static String layer(JavaClass type) {
    String rest = type.getPackageName().substring("io.kerf".length());
    return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
  }

  @ArchTest
  static final ArchRule onlyTheTrainingProcessKnowsPyTorch =
      noClasses().that().resideOutsideOfPackage("io.kerf.training.worker..").should().dependOnClassesThat().resideInAnyPackage("ai.djl.pytorch..");

  @ArchTest
  static final ArchRule onlyTheWorkerTrains = noClasses().that().resideOutsideOfPackages("io.kerf.training.worker..", "io.kerf.encoder..")
      .should().dependOnClassesThat().resideInAnyPackage("ai.djl.training..");

  @ArchTest
  static final ArchRule onlyEncoderAndWorkerKnowDjl = noClasses().that().resideOutsideOfPackages("io.kerf.training.worker..", "io.kerf.encoder..")
      .should().dependOnClassesThat().resideInAnyPackage("ai.djl..");

  @ArchTest
  static final ArchRule onlyTheEngineKnowsTensorRt = noClasses().that().resideOutsideOfPackage("io.kerf.encoder.tensorrt..")
      .should().dependOnClassesThat().resideInAnyPackage("org.bytedeco.tensorrt..", "org.bytedeco.cuda..");

  @ArchTest
  static final ArchRule onlyTheAdapterKnowsGstreamer = noClasses().that().resideOutsideOfPackage("io.kerf.station.source.gstreamer..")
      .should().dependOnClassesThat().resideInAnyPackage("org.freedesktop.gstreamer..");

  @ArchTest
  static final ArchRule onlyTheFleetSigns = noClasses().that().resideOutsideOfPackage("io.kerf.fleet..")
      .should().dependOnClassesThat().resideInAnyPackage("org.jose4j..");

  /** What is decided stays free of what carries it. */
  @ArchTest
  static final ArchRule theProtocolKnowsNoTransport = noClasses().that().resideInAnyPackage("io.kerf.fleet.trust..", "io.kerf.fleet.envelope..", "io.kerf.fleet.protocol..")
      .should().dependOnClassesThat().resideInAnyPackage("io.kerf.fleet.transport..", "io.kerf.fleet.sender..", "io.kerf.fleet.simulation..", "com.hivemq..", "java.net.http..");

  @ArchTest
  static final ArchRule topLevelPackagesHaveNoCycles = slices().matching("io.kerf.(*)..").should().beFreeOfCycles();

  /** A package that this test does not know would be free to know anything. */
  @ArchTest
  static void everyPackageIsInTheDrawing(JavaClasses classes) {
    assertThat(classes.stream().map(ArchitectureTest::layer).filter(layer -> !layer.isEmpty()).distinct()).isSubsetOf(MAY_KNOW.keySet());
  }
}
