package io.kerf.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every setting of a station, with its default. A key is set as a system property ({@code -Dkerf.data=…}), an environment
 * variable ({@code KERF_DATA}) or in {@code config/application.properties}; a key under {@code kerf.} that is not here stops the
 * start. Sizes take {@code K}, {@code M} and {@code G}; durations take {@code s}, {@code m}, {@code h} and {@code d}.
 */
@ConfigMapping(prefix = "kerf")
public interface KerfConfig {
  /** The folder with everything the station keeps. Relative to the working directory; {@code /var/lib/kerf} when installed. */
  @WithDefault("data")
  Path data();

  /** What the page calls this station. */
  @WithDefault("Kerf station")
  String name();

  /** Address to listen on; {@code 127.0.0.1} keeps everyone else out. */
  @WithDefault("0.0.0.0")
  String host();

  /** Port of the page and the API. */
  @WithDefault("8080")
  int port();

  /** Who may do what. */
  PeopleSettings people();

  /** Encrypted connections. */
  Tls tls();

  /** What an image may be. */
  Image image();

  /** How many parts are judged at once, and how many may wait. */
  Inspections inspections();

  /** Images of verdicts. */
  Evidence evidence();

  /** Verdicts. */
  Records records();

  /** Records and images to take away. */
  Export export();

  /** Server-sent events. */
  Events events();

  /** What runs the encoder. */
  Engine engine();

  /** Normals that the station collects by itself. */
  Collect collect();

  /** Changing the model in use. */
  SwapSettings swap();

  /** Keeping models up to date with what the station collects. */
  Learn learn();

  /** The fleet that this station belongs to. */
  Fleet fleet();

  /** Judging stored images again. */
  RescoringSettings rescoring();

  /** The machine the station runs on. */
  DeviceSettings device();

  /** The simulated line that runs while no recipe has a model of its own. */
  Demo demo();

  interface PeopleSettings {
    /** Whether whoever reaches the station may look on without logging in: pages, verdicts, images, events, metrics. */
    @WithDefault("true")
    boolean openViewing();

    /** The code by which the first admin claims the station, for a label on it; made at the first start and told in the log where it is empty. */
    Optional<String> claimCode();

    /** After which a person who opens no page and changes nothing has to log in again. */
    @WithDefault("12h")
    Duration sessionIdle();

    /** After which anybody has to. */
    @WithDefault("7d")
    Duration sessionLifetime();
  }

  interface Tls {
    /** Whether the station is reached by HTTPS too. Without it nobody can log in over the network. */
    @WithDefault("true")
    boolean enabled();

    /** Port of page and API by HTTPS. */
    @WithDefault("8443")
    int port();

    /** Whether plain HTTP is for this machine alone. */
    @WithDefault("false")
    boolean only();

    /** PEM file with the plant's certificate for this station, and its issuers'; the station makes one of its own where it is empty. */
    Optional<Path> certificate();

    /** PEM file with its key, without a password. */
    Optional<Path> key();
  }

  interface Collect {
    /** Whether parts that pass join the normals without a person's word, in quarantine until they are reviewed. */
    @WithDefault("true")
    boolean enabled();

    /** Share of held-out good parts that must be at least as odd as a part that joins. */
    @WithDefault("0.2")
    double leastPValue();

    /** How much a part must differ from every normal to join, as a share of the typical distance from a normal to its nearest other. */
    @WithDefault("0.5")
    double leastDistance();

    /** Such normals kept at once in each recipe; a part that adds more takes the place of the one that is missed least. */
    @WithDefault("500")
    int maxCount();

    /** Bytes that images of such normals may take in each recipe. */
    @WithDefault("512M")
    MemorySize maxBytes();
  }

  interface Learn {
    /** Whether recipes that have a model are brought up to date by the station itself. A person can ask for it in any case. */
    @WithDefault("true")
    boolean enabled();

    /** When the encoder learns on, if there are new normals: minute, hour, day of month, month, day of week, by the station's clock; {@code off} for never. */
    @WithDefault("0 2 * * *")
    String cron();

    /** New normals after which the encoder learns on whatever the time; 0 for never. */
    @WithDefault("300")
    int fineTuneAfter();

    /** New normals after which densities and calibration are fitted anew, the encoder staying as it is; 0 for never. */
    @WithDefault("50")
    int refitAfter();

    /** Part of the day in which an encoder may learn, such as {@code 22:00-05:30}; the whole day where both are the same. */
    @WithDefault("00:00-00:00")
    String window();

    /** How long an encoder learns. */
    @WithDefault("30m")
    Duration budget();

    /** Fine-tunings of the encoder within 24 hours, in each recipe; refits do not count. */
    @WithDefault("3")
    int attemptsPerDay();

    /** Time that fine-tuning may take within 24 hours, in each recipe. */
    @WithDefault("4h")
    Duration timePerDay();

    /**
     * Watt-hours that the device may take within 24 hours while it fine-tunes, in each recipe; 0 for no limit. All that it takes meanwhile counts, the line's
     * share too. Nothing is counted on a device that does not measure its supply.
     */
    @WithName("energy-per-day")
    @WithDefault("0")
    double wattHoursPerDay();

    /** Parts a minute from which on the line is too busy to learn beside it; 0 where it never is. */
    @WithDefault("0")
    int busyPartsPerMinute();

    /** Temperature of the device above which no learning begins, in degrees Celsius. */
    @WithDefault("85")
    double hottestCelsius();

    /** Free bytes on the disk below which no learning begins. */
    @WithDefault("2G")
    MemorySize leastFree();

    /** Threads of the training process; 0 is half of the processors. */
    @WithDefault("0")
    int threads();

    /** Memory that the training process may hold. */
    @WithDefault("5G")
    MemorySize memory();

    /** Parts of the line that a candidate judges beside the model in use before it may take its place; 0 for none. */
    @WithDefault("100")
    int shadowParts();

    /** Who puts a candidate into use that passed every test. */
    @WithDefault("AUTOMATIC")
    Promotion promotion();

    /** {@code AUTOMATIC}: the station; {@code BY_HAND}: a person. */
    enum Promotion {
      AUTOMATIC,
      BY_HAND
    }
  }

  interface SwapSettings {
    /**
     * Parts after a change of the model by which it has proved itself; where more of them are NG or UNJUDGED than chance lets, the model before
     * returns by itself. 0 to leave that to people.
     */
    @WithDefault("200")
    int watchedParts();
  }

  interface RescoringSettings {
    /** Parts with another verdict that one rescoring lists; all are counted. A thousand take about a megabyte. */
    @WithDefault("1000")
    int maxChanges();
  }

  interface DeviceSettings {
    /** Folder with the {@code proc}, {@code sys} and {@code etc} that tell of the machine: {@code /} but for a container that is given its host's. */
    @WithDefault("/")
    Path root();
  }

  interface Engine {
    /** DJL's name of the inference engine: {@code OnnxRuntime} everywhere, {@code PyTorch} to compare. */
    @WithDefault("OnnxRuntime")
    String name();

    /** Threads that one inspection may use inside the engine; throughput comes from inspecting several parts at once. */
    @WithDefault("1")
    int threads();

    /**
     * Recipes whose models are in memory at once: the one in use, then those that were needed last. Another is loaded when its first part comes. With 1, the one
     * that a part asked for last is held beside the one in use.
     */
    @WithDefault("8")
    int loaded();

    /** How long frames may take to let go of a model that was replaced, before the next swap is refused. */
    @WithDefault("30s")
    Duration drain();

    /** Models compiled for an NVIDIA GPU. */
    TensorRt tensorrt();

    interface TensorRt {
      /** Whether models in use are compiled and run by TensorRT where this machine has it; the engine above judges until then. */
      @WithDefault("true")
      boolean enabled();

      /** What a plan computes with. */
      @WithDefault("FP16")
      Precision precision();

      enum Precision {
        FP32,
        FP16,
        INT8
      }
    }
  }

  interface Demo {
    /** Whether the demo line runs where no recipe of the station's own has a model. */
    @WithDefault("true")
    boolean enabled();

    /** Good parts it collects before it learns; a quarter of them only calibrates. */
    @WithDefault("200")
    int parts();

    /** Time between two parts while it collects. */
    @WithDefault("100ms")
    Duration collectEvery();

    /** Time it trains. */
    @WithDefault("2m")
    Duration trainingBudget();

    /** Width and height of the network's input in pixels. */
    @WithDefault("192")
    int sizePx();

    /** Share of good parts that may be rejected. Shown by counting only from 1/α − 1 held-out parts on. */
    @WithDefault("0.05")
    double falseRejectBudget();

    /** Time between two parts once it judges. */
    @WithDefault("1500ms")
    Duration judgeEvery();

    /** Share of parts that it spoils once it judges. */
    @WithDefault("0.2")
    double defectShare();
  }

  interface Image {
    /** Largest encoded image in bytes; larger is refused with {@code image-too-large}. At most 1 GiB. */
    @WithDefault("32M")
    MemorySize maxBytes();

    /** Largest width × height in pixels, checked before decoding. */
    @WithDefault("50000000")
    long maxPixels();
  }

  interface Inspections {
    /** Parts judged at the same time; 0 is one for each processor. */
    @WithDefault("0")
    int concurrent();

    /** Parts that may wait for their turn; one more is refused with {@code busy}. */
    @WithDefault("32")
    int waiting();

    /** How long a part waits for its turn before it is refused with {@code busy}. */
    @WithDefault("5s")
    Duration patience();

    /** How long an upload may take before it is cut off. */
    @WithDefault("30s")
    Duration uploadTime();

    /** Bytes of encoded images held in memory at once, waiting ones included; beyond it uploads are refused with {@code busy}. */
    @WithDefault("256M")
    MemorySize memory();
  }

  interface Evidence {
    /** Bytes that images and heat maps may take on disk; the oldest go first. 0 keeps none, and then nothing can be learnt from the line. */
    @WithDefault("2G")
    MemorySize maxBytes();

    /** Images and heat maps older than this go. */
    @WithDefault("30d")
    Duration maxAge();

    /** Share of parts that passed whose images stay once they are no longer recent, 0 to 1. */
    @WithDefault("1.0")
    double okShare();

    /** Whether images of NG parts stay once they are no longer recent. */
    @WithDefault("true")
    boolean ng();

    /** Whether images that could not be judged stay once they are no longer recent. */
    @WithDefault("true")
    boolean unjudged();

    /** How long every image stays where there is room, so that it can be reviewed, learnt from and tried on candidates. */
    @WithDefault("1h")
    Duration recent();

    /** Free bytes of the disk that images never eat into; verdicts go on below it. 0 to use it to the end. */
    @WithDefault("256M")
    MemorySize leastFree();
  }

  interface Export {
    /** Parts whose images one archive may hold; a search that finds more is refused with {@code export-too-large}. A table has no such limit. */
    @WithDefault("10000")
    int maxParts();
  }

  interface Records {
    /** Verdicts kept; the oldest go first. A million take about 650 MB. */
    @WithDefault("1000000")
    long maxCount();
  }

  interface Events {
    /** Listeners at once; one more is refused with {@code busy}. */
    @WithDefault("64")
    int maxClients();

    /** Events kept for a listener that reads slowly; then its oldest are dropped. */
    @WithDefault("256")
    int buffer();
  }

  interface Fleet {
    /** Whether this station takes its document from a fleet. */
    @WithDefault("false")
    boolean enabled();

    /** What this station is called there: 1 to 63 lower-case letters, digits and hyphens; also the common name of its certificate. */
    @WithDefault("station")
    String id();

    /** Groups whose documents are for this station too. */
    Optional<List<String>> groups();

    /** File with the trust document of the installation; needed until the station has taken it over. */
    Optional<Path> trust();

    /** MQTT 5 broker, such as {@code mqtts://broker.plant.example:8883}. */
    Optional<URI> broker();

    /** Where the fleet has laid out its documents, for a station behind NAT, such as {@code https://files.example/acme}. */
    Optional<URI> url();

    /** How often to look there, give or take a fifth. */
    @WithDefault("15m")
    Duration interval();

    /** Certificates, as paths of PEM files or {@code credential:<name>}. */
    Tls tls();

    interface Tls {
      /** Whom to trust; without it, whom the Java runtime trusts. */
      Optional<String> ca();

      /** The station's own certificate. */
      Optional<String> certificate();

      /** Its private key, PKCS#8. */
      Optional<String> key();
    }
  }
}
