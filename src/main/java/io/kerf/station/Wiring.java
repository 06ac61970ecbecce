package io.kerf.station;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.config.KerfConfig;
import io.kerf.device.Accelerator;
import io.kerf.device.Device;
import io.kerf.device.JetsonLinux;
import io.kerf.encoder.tensorrt.PlanStore;
import io.kerf.encoder.tensorrt.Precision;
import io.kerf.encoder.tensorrt.TensorRt;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.InspectionLog;
import io.kerf.inspection.InspectionPipeline;
import io.kerf.inspection.Inspector;
import io.kerf.inspection.LineTraffic;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.export.Export;
import io.kerf.inspection.export.Exports;
import io.kerf.inspection.rescore.Replayer;
import io.kerf.inspection.rescore.Rescorer;
import io.kerf.inspection.rescore.Rescorings;
import io.kerf.inspection.store.InspectionRecorded;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.RetentionPolicy;
import io.kerf.inspection.store.ReviewStore;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.model.EncoderSource;
import io.kerf.station.document.DocumentApplied;
import io.kerf.station.document.InForce;
import io.kerf.station.document.StationDocuments;
import io.kerf.station.document.StationSettings;
import io.kerf.station.fleet.StationOfAFleet;
import io.kerf.station.learning.JobStore;
import io.kerf.station.learning.Learner;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.RecipeChoice;
import io.kerf.station.output.Outputs;
import io.kerf.station.plans.NativeLibraries;
import io.kerf.station.plans.PlanChoice;
import io.kerf.station.plans.PlanKeeper;
import io.kerf.station.plans.Platform;
import io.kerf.station.recipe.ModelsAtHand;
import io.kerf.station.recipe.RecipeBook;
import io.kerf.station.recipe.RecipeKeeper;
import io.kerf.station.source.Judging;
import io.kerf.station.source.Sources;
import io.kerf.station.source.folder.Records;
import io.kerf.station.source.gstreamer.GstreamerCamera;
import io.kerf.storage.Changed;
import io.kerf.storage.DataFolder;
import io.kerf.storage.DocumentFolder;
import io.kerf.training.compiling.Compilation;
import io.kerf.training.compiling.PlanEncoders;
import io.kerf.training.normals.GoldenParts;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.recipe.RecipeFolders;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Puts the inside together for the serving process; the inside itself knows no container. */
final class Wiring {
  @Produces
  @Singleton
  Platform.Found platform(KerfConfig config, Device device, DataFolder folder) {
    KerfConfig.Engine.TensorRt wanted = config.engine().tensorrt();
    String jetsonLinux = device.reading().jetsonLinux().map(JetsonLinux::release).orElse("none");
    return Platform.find(wanted.enabled(), Accelerator.present(), jetsonLinux, Precision.valueOf(wanted.precision().name()), () -> {
      NativeLibraries.keepIn(folder.plans().resolve("libraries"), jetsonLinux);
      return TensorRt.availability();
    });
  }

  @Produces
  @Singleton
  PlanChoice choice(DataFolder folder, KerfConfig config, Platform.Found found) {
    return new PlanChoice(found.platform(), new PlanStore(folder.plans()), PlanEncoders::of, EncoderSource.on(config.engine().name(), config.engine().threads()));
  }

  @Produces
  @Singleton
  PlanKeeper plans(DataFolder folder, Platform.Found found, PlanChoice choice, ActiveModels models, RecipeImages images) {
    return new PlanKeeper(found.platform(), found.without(), new PlanStore(folder.plans()), choice, models, images::all, folder.staging(),
        (job, order, stages) -> Compilation.start(job, order, NativeLibraries.asOptions(), stages).await(), System::nanoTime);
  }

  @Produces
  @Singleton
  ActiveModels models(DataFolder folder, KerfConfig config, PlanChoice encoders, GoldenParts golden, StationDocuments documents, Clock clock, Event<Changed> changes) {
    return new ActiveModels(recipe -> new BundleStore(folder.models(recipe)), encoders, golden, recipe -> RecipeKeeper.demands(documents.document(), recipe),
        config.engine().drain(), clock, System::nanoTime, changes::fire);
  }

  /** Needs to know which recipe is in use, of which the book knows; the book has models loaded by it. */
  @Produces
  @Singleton
  ModelsAtHand atHand(ActiveModels models, DataFolder folder, KerfConfig config, Instance<RecipeBook> book) {
    ModelsAtHand.Limits limits = new ModelsAtHand.Limits(config.engine().loaded(), config.inspections().patience(), Math.max(1, config.inspections().waiting() / 2));
    return new ModelsAtHand(models, recipe -> new BundleStore(folder.models(recipe)).hasActive(), () -> book.get().inUse(), limits, System::nanoTime);
  }

  @Produces
  @Singleton
  RecipeBook book(DataFolder folder, ModelsAtHand models, Clock clock, Event<Changed> changes) {
    return new RecipeBook(folder.chosenRecipe(), folder::recipes, models::prepare, clock, changes::fire);
  }

  @Produces
  @Singleton
  RecipeKeeper keeper(ActiveModels models, ModelsAtHand atHand, DataFolder folder, StationDocuments documents, RecipeBook book, RecipeImages images) {
    return new RecipeKeeper(models, atHand, recipe -> new BundleStore(folder.models(recipe)), documents::document, book::inUse, images::forget);
  }

  @Produces
  @Singleton
  RecipeFolders recipeFolders(DataFolder folder, Clock clock) {
    return new RecipeFolders(folder, clock);
  }

  void close(@Disposes ActiveModels models) {
    models.close();
  }

  @Produces
  @Singleton
  ImageDecoder decoder(KerfConfig config) {
    return new ImageDecoder(new ImageLimits(config.image().maxBytes().asLongValue(), config.image().maxPixels()));
  }

  @Produces
  @Singleton
  LineTraffic traffic() {
    return new LineTraffic(System::nanoTime);
  }

  @Produces
  @Singleton
  Supplier<RetentionPolicy> retention(StationSettings settings, StationDocuments documents) {
    // The scheduler runs before the document is known: nothing may be deleted by the machine's settings alone where the document keeps more.
    return () -> documents.isOpen() ? settings.retention() : RetentionPolicy.UNLIMITED;
  }

  @Produces
  @Singleton
  Supplier<StationMark> mark(KerfConfig config, StationDocuments documents) {
    StationMark undocumented = new StationMark(config.name(), Optional.empty());
    return () -> {
      InForce now = documents.inForce();
      return now.version().isPresent() ? new StationMark(now.document().station().id(), now.digest()) : undocumented;
    };
  }

  @Produces
  @Singleton
  Inspector inspector(ImageDecoder decoder, ModelsAtHand models, InspectionLog log, InspectionIds ids, Supplier<StationMark> marks, LineTraffic traffic) {
    Inspector pipeline = new InspectionPipeline(decoder, models, log, ids::next, marks);
    return frame -> {
      // A part that waits for its model is not being judged.
      models.ready(frame.recipe());
      return traffic.during(() -> pipeline.inspect(frame));
    };
  }

  @Produces
  @Singleton
  Rescorer rescorer(InspectionStore store, ImageDecoder decoder, KerfConfig config, LineTraffic traffic, Clock clock) {
    return new Rescorer(store, decoder, config.engine().name(), config.engine().threads(), traffic, config.rescoring().maxChanges(), clock, System::nanoTime);
  }

  @Produces
  @Singleton
  Replayer replayer(Rescorer rescorer, DataFolder folder) {
    return new Replayer(rescorer, recipe -> new BundleStore(folder.models(recipe)));
  }

  @Produces
  @Singleton
  Exports exports(InspectionStore store, KerfConfig config, Clock clock) {
    return new Exports(new Export(store, config.export().maxParts(), clock));
  }

  @Produces
  @Singleton
  Rescorings rescorings(Rescorer rescorer, DataFolder folder, InspectionIds ids) {
    return new Rescorings(rescorer, recipe -> new BundleStore(folder.models(recipe)), ids::next);
  }

  /** Before the database closes. */
  void stop(@Observes ShutdownEvent event, Rescorings rescorings) {
    rescorings.close();
  }

  @Produces
  @Singleton
  RecipeImages images(DataFolder folder, ImageDecoder decoder) {
    return new RecipeImages(folder::recipe, decoder);
  }

  @Produces
  @Singleton
  GoldenParts golden(RecipeImages images, ImageDecoder decoder) {
    return new GoldenParts(images, decoder);
  }

  @Produces
  @Singleton
  Device device(KerfConfig config) {
    return new Device(config.device().root(), System::nanoTime);
  }

  @Produces
  @Singleton
  StationDocuments documents(DataFolder folder, Clock clock, Event<DocumentApplied> applied, Event<Changed> changes) {
    return new StationDocuments(new DocumentFolder(folder.document()), clock, applied::fire, changes::fire);
  }

  @Produces
  @Singleton
  StationSettings settings(KerfConfig config, StationDocuments documents) {
    return new StationSettings(config, documents::document);
  }

  @Produces
  @Singleton
  Learner learner(KerfConfig config, StationSettings settings, DataFolder folder, ActiveModels models, RecipeImages images, InspectionStore inspections, ImageDecoder decoder, JobStore jobs,
      Device device, Clock clock, Event<Changed> events) {
    return new Learner(config.engine(), settings::learn, folder, models, images, inspections, decoder, jobs, device, clock, System::nanoTime, events::fire);
  }

  @Produces
  @Singleton
  Reviews reviews(InspectionStore inspections, ReviewStore reviews, RecipeImages images, Clock clock) {
    return new Reviews(inspections, reviews, images, clock);
  }

  @Produces
  @Singleton
  Sources sources(Inspector inspector, RecipeChoice recipes, Clock clock, Event<Outcome.Missed> missed, InspectionIds ids, InspectionStore store, DataFolder folder,
      KerfConfig config) {
    Judging judging = new Judging(inspector, recipes, clock, System::nanoTime, missed::fire);
    return new Sources(judging, new Records(ids::next, id -> store.byId(id).isPresent()), new GstreamerCamera(), folder.sources(), config.image().maxBytes().asLongValue());
  }

  @Produces
  @Singleton
  StationOfAFleet managed(KerfConfig config, StationDocuments documents, ActiveModels models, RecipeBook recipes, GoldenParts golden, DataFolder folder) {
    return new StationOfAFleet(documents, models, recipes::inUse, golden, folder, config.fleet(), System::nanoTime);
  }

  void saw(@Observes InspectionRecorded recorded, StationOfAFleet managed) {
    managed.saw(recorded.stored().inspection());
  }

  @Produces
  @Singleton
  Outputs outputs(DataSource dataSource, InspectionStore inspections, ObjectMapper json, InspectionIds ids, Sources sources, RecipeChoice recipes, Clock clock) {
    return Outputs.of(dataSource, inspections, json, ids::next, sources, recipes, clock, System::nanoTime);
  }
}
