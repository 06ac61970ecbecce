package io.kerf.cli;

import io.kerf.density.LocalDensityEstimator;
import io.kerf.density.ScoreKind;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.sender.Stage;
import io.kerf.imaging.Region;
import io.kerf.pretext.PretextTask;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How typed words become values; a word that does not is answered with what was expected. */
final class Converters {
  private static final Pattern TIME = Pattern.compile("(\\d+)(s|m|h)");

  private Converters() {}

  static void register(CommandLine line) {
    line.registerConverter(Share.class, explained(Share::parse));
    line.registerConverter(ByteCount.class, explained(ByteCount::parse));
    line.registerConverter(PretextTask.class, explained(PretextTask::parse));
    line.registerConverter(Duration.class, explained(Converters::duration));
    line.registerConverter(Region.class, explained(Converters::region));
    line.registerConverter(ScoreKind.class, explained(ScoreKind::of));
    line.registerConverter(LocalDensityEstimator.Kind.class, explained(text -> LocalDensityEstimator.Kind.valueOf(text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'))));
    line.registerConverter(LearningOptions.PhotometricChoice.class,
        explained(text -> LearningOptions.PhotometricChoice.valueOf(text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'))));
    line.registerConverter(Stage.class, explained(Stage::parse));
    line.registerConverter(Audience.class, explained(Audience::parse));
    line.registerConverter(io.kerf.imaging.Fit.class,
        explained(text -> io.kerf.imaging.Fit.valueOf(text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'))));
  }

  private static <T> ITypeConverter<T> explained(ITypeConverter<T> converter) {
    return text -> {
      try {
        return converter.convert(text);
      } catch (io.kerf.fault.FaultException e) {
        throw new TypeConversionException(e.detail());
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new TypeConversionException("'" + text + "': " + e.getMessage());
      }
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (!matcher.matches() || matcher.group(1).length() > 6) {
      throw new TypeConversionException("'" + text + "' is not a time such as 90s, 5m or 2h");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration duration = switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
    if (duration.isZero()) {
      throw new TypeConversionException("a time of zero trains nothing; use --encoder-only random for that");
    }
    return duration;
  }

  private static Region region(String text) {
    String[] parts = text.split(",");
    if (parts.length != 4) {
      throw new TypeConversionException("'" + text + "' is not a region x,y,width,height");
    }
    return new Region(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), Double.parseDouble(parts[3]));
  }
}
