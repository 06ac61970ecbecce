package io.kerf.cli;

import io.kerf.density.DensityOptions;
import io.kerf.density.LocalDensityEstimator;
import io.kerf.density.ScoreKind;
import io.kerf.density.TailPolicy;
import io.kerf.device.Accelerator;
import io.kerf.encoder.DjlEncoder;
import io.kerf.imaging.Fit;
import io.kerf.imaging.Photometric;
import io.kerf.imaging.Preprocessing;
import io.kerf.imaging.Region;
import io.kerf.pretext.PretextOptions;
import io.kerf.pretext.PretextTask;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Lesson;
import io.kerf.training.TrainingOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How to learn, as options of {@code train} and {@code evaluate}. */
final class LearningOptions {
  private static final double DEFAULT_ALPHA = 0.05;

  @Option(names = "--size", paramLabel = "PX",
      description = "Side of the network's input; a frame in the images' proportions has as many pixels as a square of it. Default: 256, for whole images without a GPU 128.")
  private Optional<Integer> sizePx = Optional.empty();

  @Option(names = "--square", description = "Squash images into a square instead of keeping their proportions.")
  private boolean square;

  @ArgGroup(exclusive = true)
  private LengthOptions length = new LengthOptions();

  /** At most one of these. */
  private static final class LengthOptions {
    @Option(names = "--budget", paramLabel = "TIME", description = "Wall time to train, such as 90s, 5m or 2h. Default: 5m.")
    private Optional<Duration> budget = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Steps to train instead of a time: same images, seed and threads, same model.")
    private Optional<Long> steps = Optional.empty();

    @Option(names = "--encoder-only", paramLabel = "random", description = "Do not train: score with a random encoder, the floor of every report.")
    private Optional<EncoderOnly> encoderOnly = Optional.empty();

    Length length() {
      if (encoderOnly.isPresent()) {
        return new Length.Untrained();
      }
      return steps.<Length>map(Length.Steps::new)
          .orElseGet(() -> new Length.Budget(budget.orElse(Duration.ofMinutes(5)).toMillis() / 1000.0));
    }
  }

  enum EncoderOnly {
    RANDOM
  }

  @Option(names = "--auto", description = "Try other lessons and sizes for a part of the time first, and learn what finds unseen synthetic defects best.")
  private boolean auto;

  @Option(names = "--lesson", paramLabel = "WHAT", defaultValue = "dense",
      description = "dense: where patches were pasted, on crops; pooled: CutPaste as published, on whole images; joint: both. Default: ${DEFAULT-VALUE}.")
  private LessonChoice lesson;

  enum LessonChoice {
    DENSE {
      @Override
      Lesson lesson() {
        return Lesson.dense();
      }
    },
    POOLED {
      @Override
      Lesson lesson() {
        return Lesson.pooled();
      }
    },
    JOINT {
      @Override
      Lesson lesson() {
        return Lesson.joint();
      }
    };

    abstract Lesson lesson();

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--task", paramLabel = "TASK",
      description = "Pretext task: cutout, scar, cutpaste, cutpaste-scar, union, 3-way or natural. Default: the lesson's: natural, or 3-way for pooled.")
  private Optional<PretextTask> task = Optional.empty();

  @Option(names = "--crop", paramLabel = "PX", description = "Side of the crops that are learnt from; 0 for whole images. Default: the lesson's: 96, or 0 for pooled.")
  private Optional<Integer> cropPx = Optional.empty();

  @Option(names = "--images-per-step", paramLabel = "N", description = "Images per step, each in every way of the task. Default: 16.")
  private Optional<Integer> imagesPerStep = Optional.empty();

  @Option(names = "--learning-rate", paramLabel = "R", description = "At the top of the cosine. Default: the lesson's: 0.001, or 0.03 for pooled.")
  private Optional<Double> learningRate = Optional.empty();

  @Option(names = "--weight-decay", paramLabel = "R", description = "Default: the lesson's: 1e-4, or 3e-5 for pooled.")
  private Optional<Double> weightDecay = Optional.empty();

  @Option(names = "--warm-up", paramLabel = "STEPS", description = "Steps of linear warm-up. Default: 50.")
  private Optional<Integer> warmUp = Optional.empty();

  @Option(names = "--head", paramLabel = "WIDTHS", split = ",", defaultValue = "512,128", description = "Layers of the projection head. Default: ${DEFAULT-VALUE}.")
  private List<Integer> head;

  @Option(names = "--jitter", paramLabel = "SHARE", defaultValue = "0.1", description = "Largest change of the whole image's colour while training. Default: ${DEFAULT-VALUE}.")
  private double jitter;

  @Option(names = "--mirror", description = "Mirror and turn images at random: for parts that have no fixed way up.")
  private boolean mirror;

  @Option(names = "--scores", paramLabel = "KINDS", split = ",",
      description = "Fuse exactly these, at equal weights: pooled, statistics, thumbnail, local, dense-top, dense-mean, dense-max. Default: chosen by evidence.")
  private List<ScoreKind> scores = List.of();

  @Option(names = "--local", paramLabel = "HOW", description = "Compare places per-location (aligned parts) or location-free (textures). Default: chosen by evidence.")
  private Optional<LocalDensityEstimator.Kind> local = Optional.empty();

  @Option(names = "--start-from", paramLabel = "FILE", description = "Start from these weights: safetensors with torchvision's ResNet-18 names; see kerf weights.")
  private Optional<Path> startFrom = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of weights, order, alterations and split. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--threads", paramLabel = "N", description = "Of PyTorch. Default: the number of cores.")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--memory", paramLabel = "BYTES", defaultValue = "5g", description = "Resident memory the training process may use, such as 3g. Default: ${DEFAULT-VALUE}.")
  private ByteCount memory;

  @Option(names = "--fit", paramLabel = "HOW", defaultValue = "squash", description = "How an image becomes square: squash, letterbox or centre_crop. Default: ${DEFAULT-VALUE}.")
  private Fit fit;

  @Option(names = "--region", paramLabel = "X,Y,W,H", description = "Look only at this part of the image; shares of its width and height, such as 0.1,0.2,0.5,0.6.")
  private Optional<Region> region = Optional.empty();

  @Option(names = "--photometric", paramLabel = "HOW", defaultValue = "per-image",
      description = "Standardise light per-image, or fixed (mean and deviation of ImageNet). Default: ${DEFAULT-VALUE}.")
  private PhotometricChoice photometric;

  /** Named as in the manifest. */
  enum PhotometricChoice {
    PER_IMAGE {
      @Override
      Photometric photometric() {
        return Photometric.perImage();
      }
    },
    FIXED {
      @Override
      Photometric photometric() {
        return new Photometric.Fixed(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
      }
    };

    abstract Photometric photometric();

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(names = "--density", paramLabel = "KIND", description = "gaussian or kernel. Default: the one that benchmarks favour.")
  private Optional<DensityOptions.Kind> density = Optional.empty();

  @Option(names = "--l2-normalise", negatable = true, description = "Score the direction of the feature only.")
  private Optional<Boolean> l2Normalise = Optional.empty();

  @Option(names = "--dimensions", paramLabel = "N", description = "Whitened dimensions the kernel density keeps.")
  private Optional<Integer> dimensions = Optional.empty();

  @Option(names = "--alpha", paramLabel = "SHARE", description = "False-reject budget: share of good parts that may be rejected, such as 5%% or 0.05. Default: 5%%.")
  private Optional<Share> alpha = Optional.empty();

  @Option(names = "--tail", paramLabel = "HOW", defaultValue = "refuse",
      description = "Where the budget is tighter than the held-out parts can show: refuse, extrapolate by a fitted tail, or loosen the budget to what they show. Default: ${DEFAULT-VALUE}.")
  private TailPolicy tail;

  @Option(names = "--engine", paramLabel = "NAME", defaultValue = DjlEncoder.ONNX_RUNTIME, description = "Inference engine: OnnxRuntime, or PyTorch to compare. Default: ${DEFAULT-VALUE}.")
  private String engine;

  /** Whether the part of the image was given. */
  boolean hasRegion() {
    return region.isPresent();
  }

  /** Whether the false-reject budget was given. */
  boolean hasAlpha() {
    return alpha.isPresent();
  }

  LearningSettings settings() {
    return settings(Optional.empty(), OptionalDouble.empty());
  }

  /** @param usualRegion where none was given. @param usualAlpha where none was given; 5 % where absent */
  LearningSettings settings(Optional<Region> usualRegion, OptionalDouble usualAlpha) {
    Lesson taught = lessonAsAsked();
    int size = sizePx.orElseGet(() -> taught.cropPx().isPresent() || Accelerator.present() ? 256 : 128);
    Preprocessing preprocessing = Preprocessing.square(size, fit, region.or(() -> usualRegion), photometric.photometric());
    TrainingOrder order = new TrainingOrder(List.of(), preprocessing, taught, length.length(), seed,
        threads.orElseGet(() -> Runtime.getRuntime().availableProcessors()), startFrom.map(f -> new TrainingOrder.Start(f.toAbsolutePath().toString(), false)), memory.bytes(), 30);
    DensityOptions options = DensityOptions.DEFAULT;
    options = density.map(options::withKind).orElse(options);
    options = l2Normalise.map(options::withL2Normalise).orElse(options);
    options = dimensions.map(options::withMaxDimensions).orElse(options);
    return new LearningSettings(order, auto, !square, options, local, scores, alpha.map(Share::value).orElse(usualAlpha.orElse(DEFAULT_ALPHA)), tail, engine);
  }

  private Lesson lessonAsAsked() {
    Lesson usual = lesson.lesson();
    OptionalInt crop = cropPx.map(px -> px == 0 ? OptionalInt.empty() : OptionalInt.of(px)).orElse(usual.cropPx());
    return new Lesson(task.orElse(usual.task()), usual.objective(), crop, head, imagesPerStep.orElse(usual.imagesPerStep()), usual.optimiser(),
        learningRate.orElse(usual.learningRate()), weightDecay.orElse(usual.weightDecay()), warmUp.orElse(usual.warmUpSteps()),
        PretextOptions.DEFAULTS.withImageJitter(jitter).withMirrored(mirror));
  }

  /** The length in words: {@code 5m}, {@code 400 steps}, {@code none}. */
  String lengthInWords() {
    return inWords(length.length());
  }

  static String inWords(Length wanted) {
    if (wanted instanceof Length.Steps steps) {
      return steps.count() + " steps";
    }
    if (wanted instanceof Length.Budget budget) {
      return budget.seconds() % 60 == 0 ? (long) (budget.seconds() / 60) + "m" : (long) budget.seconds() + "s";
    }
    return "none";
  }
}
