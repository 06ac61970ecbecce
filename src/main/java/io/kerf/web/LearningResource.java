package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.station.StationStatus;
import io.kerf.station.document.StationSettings;
import io.kerf.station.learning.Job;
import io.kerf.station.learning.Learner;
import io.kerf.station.learning.LearningStatus;
import io.kerf.station.learning.Shadow.Difference;
import io.kerf.storage.RecipeName;
import io.kerf.training.continual.GateReport.Check;
import io.kerf.training.continual.Speed;
import io.kerf.training.continual.TrainingDecision;
import io.kerf.web.people.Asker;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows how the station keeps a recipe's model up to date, and lets people begin, pause, cancel and decide. */
@Path("/api/learning")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Learning", description = "When the station learns next and why, what it learns now, what is on trial, and what became of earlier attempts.")
public final class LearningResource {
  private final Learner learner;
  private final StationSettings settings;
  private final Asker asker;

  LearningResource(Learner learner, StationSettings settings, Asker asker) {
    this.learner = learner;
    this.settings = settings;
    this.asker = asker;
  }

  /**
   * @param enabled whether it learns without being asked. @param pausedBy null where it is not paused
   * @param decision one sentence. @param hindrances what stands in the way, by stable names. @param next null where nothing is planned
   * @param running null where nothing is learnt. @param candidate null where none is on trial
   * @param attempts newest first
   */
  @Schema(name = "Learning")
  public record View(String recipe, boolean enabled, @Schema(nullable = true) String pausedBy, String decision, List<String> hindrances, @Schema(nullable = true) Instant next,
      @Schema(nullable = true) Running running, @Schema(nullable = true) Candidate candidate, List<Attempt> attempts) {
    static View of(LearningStatus status) {
      String sentence;
      List<String> hindrances = List.of();
      Instant next = null;
      if (status.decision() instanceof TrainingDecision.Stay stay) {
        sentence = stay.sentence();
        hindrances = stay.hindrances().stream().map(LearningResource::label).toList();
        next = stay.next().orElse(null);
      } else {
        TrainingDecision.Learn learn = (TrainingDecision.Learn) status.decision();
        sentence = (status.enabled() ? "Begins now to " : "Would begin now to ") + learn.speed().label() + ": " + learn.why() + ".";
      }
      return new View(status.recipe(), status.enabled(), status.pausedBy().orElse(null), sentence, hindrances, next, status.running().map(Running::of).orElse(null),
          status.candidate().map(Candidate::of).orElse(null), status.jobs().stream().map(Attempt::of).toList());
    }
  }

  /** @param training figures of the training process and its curve, as in the station's status */
  @Schema(name = "LearningRunning")
  public record Running(String id, String speed, String why, String by, double seconds, StationStatus.Training training) {
    static Running of(LearningStatus.Running running) {
      Job job = running.job();
      return new Running(job.id(), job.speed().label(), job.why(), job.by(), running.seconds(), running.progress());
    }
  }

  /** @param digest of the candidate. @param ready whether it waits for a person. @param parts that both judged. @param wanted that both are to judge */
  @Schema(name = "LearningCandidate")
  public record Candidate(String id, String digest, String speed, boolean ready, int parts, int wanted, int onlyCandidateStops, int onlyActiveStops,
      List<DifferenceView> differences) {
    static Candidate of(LearningStatus.Candidate candidate) {
      return new Candidate(candidate.job().id(), candidate.job().candidate().orElseThrow(), candidate.job().speed().label(), candidate.job().state() == Job.State.READY,
          candidate.counts().parts(), candidate.wanted(), candidate.counts().onlyCandidateStops(), candidate.counts().onlyActiveStops(),
          candidate.differences().stream().map(DifferenceView::of).toList());
    }
  }

  /** @param inspection its image and heat map are with it */
  @Schema(name = "LearningDifference")
  public record DifferenceView(String inspection, String verdict, String candidateVerdict, @Schema(nullable = true) Double score, @Schema(nullable = true) Double candidateScore,
      @Schema(nullable = true) Double pValue, @Schema(nullable = true) Double candidatePValue) {
    static DifferenceView of(Difference one) {
      return new DifferenceView(one.inspection(), one.verdict().name(), one.candidateVerdict().name(), number(one.score()), number(one.candidateScore()), number(one.pValue()),
          number(one.candidatePValue()));
    }
  }

  /**
   * @param gate rule by rule; empty where it did not come so far. @param log last lines of the training process, where it failed
   * @param wattHours that the device took while it ran, the line's share included; null where the device does not tell
   */
  @Schema(name = "LearningAttempt")
  public record Attempt(String id, String speed, String by, String why, String parent, String state, Instant startedAt, @Schema(nullable = true) Instant endedAt, int starts,
      @Schema(nullable = true) String code, @Schema(nullable = true) String detail, @Schema(nullable = true) String candidate, List<Check> gate,
      @Schema(nullable = true) Integer learntFrom, @Schema(nullable = true) Integer heldOut, @Schema(nullable = true) Integer doubtful, List<String> log,
      @Schema(nullable = true) Double wattHours) {
    static Attempt of(Job job) {
      Optional<Job.Findings> found = job.findings();
      return new Attempt(job.id(), job.speed().label(), job.by(), job.why(), job.parent(), label(job.state()), job.startedAt(),
          job.endedAt().orElse(null), job.starts(), job.code().orElse(null), job.detail().orElse(null), job.candidate().orElse(null),
          found.map(findings -> findings.gate().checks()).orElse(List.of()), found.map(Job.Findings::learntFrom).orElse(null), found.map(Job.Findings::heldOut).orElse(null),
          found.map(Job.Findings::doubtful).orElse(null), job.log(), number(job.wattHours()));
    }
  }

  /** @param by who asks */
  @Schema(name = "LearningWish")
  public record Wish(@Schema(examples = "Ann Lee") String by, @Schema(nullable = true, examples = "refit", description = "refit or fine-tune; for run alone.") String speed) {}

  @GET
  @Operation(summary = "How a recipe's model is kept up to date")
  public View show(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe) {
    return View.of(learner.status(RecipeName.require(recipe)));
  }

  @POST
  @Path("run")
  @Operation(summary = "Learn as soon as nothing stands in the way", description = "refit: densities and calibration, seconds. fine-tune: the encoder learns on, as long as configured.")
  @APIResponse(responseCode = "202", description = "It has begun, or begins when heat, disk and what runs let it.")
  @APIResponse(responseCode = "409", description = "Something is learnt or on trial, or there is no model.")
  public Response run(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe, Wish wish) {
    String by = by(wish);
    Speed speed = Arrays.stream(Speed.values()).filter(value -> value.label().equals(wish.speed())).findFirst()
        .orElseThrow(() -> new FaultException(Fault.BAD_FIELD, "speed is not valid. Use refit or fine-tune."));
    learner.ask(RecipeName.require(recipe), speed, by);
    return Response.accepted(View.of(learner.status(recipe))).build();
  }

  @POST
  @Path("pause")
  @Operation(summary = "Begin nothing without being asked, until it is resumed")
  public View pause(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe, Wish wish) {
    return done(recipe, wish, learner::pause);
  }

  @POST
  @Path("resume")
  @Operation(summary = "Learn by schedule again")
  public View resume(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe, Wish wish) {
    return done(recipe, wish, learner::resume);
  }

  @POST
  @Path("cancel")
  @Operation(summary = "End what is being learnt", description = "The model in use stays.")
  public View cancel(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe, Wish wish) {
    return done(recipe, wish, learner::cancel);
  }

  @POST
  @Path("candidate/promote")
  @Operation(summary = "Use the candidate from now on", description = "It has passed the gate; what is left of its trial is skipped. Golden bad parts are shown to it once more.")
  public View promote(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe, Wish wish) {
    settings.requireUnpinned(RecipeName.require(recipe));
    return done(recipe, wish, learner::promote);
  }

  @POST
  @Path("candidate/discard")
  @Operation(summary = "Throw the candidate away")
  public View discard(@QueryParam("recipe") @DefaultValue(RecipeName.DEFAULT) String recipe, Wish wish) {
    return done(recipe, wish, learner::discard);
  }

  private View done(String recipe, Wish wish, BiConsumer<String, String> doing) {
    doing.accept(RecipeName.require(recipe), by(wish));
    return show(recipe);
  }

  private String by(Wish wish) {
    if (wish == null) {
      throw new FaultException(Fault.BAD_FIELD, "The request has no body. Say who asks: {\"by\": \"…\"}.");
    }
    return Fields.by(asker, wish.by(), "Say who asks.");
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
