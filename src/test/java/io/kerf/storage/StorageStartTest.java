package io.kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.config.KerfConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What a person must mend ends the start with one sentence, which is the message of the one exception that Quarkus prints bare. */
class StorageStartTest {
  @TempDir
  Path temp;

  @Test
  void aFolderThatCannotBeWrittenEndsTheStart() throws Exception {
    Path inTheWay = Files.writeString(temp.resolve("file"), "");
    assertEnds(inTheWay.resolve("data"), Map.of(), "The data folder " + inTheWay.resolve("data") + " cannot be written by user");
  }

  @Test
  void aSettingOutOfItsRangeEndsTheStartBeforeAnythingIsTouched() {
    assertEnds(temp.resolve("data"), Map.of("kerf.port", "-1"), "kerf.port is -1");
    assertThat(temp.resolve("data")).doesNotExist();
  }

  @Test
  void aDatabaseOfSomethingElseEndsTheStartAndStaysAsItIs() throws Exception {
    Path data = Files.createDirectories(temp.resolve("data"));
    try (Connection connection = source(data).getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE inspection (note TEXT)");
    }
    assertEnds(data, Map.of(), "does not fit this version of Kerf");
    assertThat(data.resolve("kerf.db")).exists();
  }

  @Test
  void aDamagedDatabaseDoesNotEndTheStart() throws Exception {
    Path data = Files.createDirectories(temp.resolve("data"));
    Files.write(data.resolve("kerf.db"), new byte[9000]);
    start(data, Map.of()).close();
    try (Connection connection = source(data).getConnection(); Statement statement = connection.createStatement()) {
      assertThat(statement.executeQuery("SELECT count(*) FROM inspection").getInt(1)).isZero();
    }
    assertThat(data.toFile().list()).anyMatch(name -> name.startsWith("kerf.db.corrupt-"));
  }

  private void assertEnds(Path data, Map<String, String> settings, String words) {
    assertThatThrownBy(() -> start(data, settings)).isInstanceOfSatisfying(ConfigurationException.class,
        e -> assertThat(e).hasMessageContaining(words).hasNoCause().message().doesNotContain("\n", "Exception").endsWith("."));
  }

  private static DataFolder start(Path data, Map<String, String> settings) {
    KerfConfig config = new SmallRyeConfigBuilder().withMapping(KerfConfig.class).withConverter(MemorySize.class, 200, new MemorySizeConverter())
        .withConverter(Duration.class, 200, new DurationConverter()).withSources(new PropertiesConfigSource(settings, "test", 100)).build()
        .getConfigMapping(KerfConfig.class);
    DataFolder folder = new DataFolder(data);
    Flyway flyway = Flyway.configure().dataSource(source(data)).locations("classpath:db/migration").load();
    try {
      new StorageStart().start(new StartupEvent(), config, folder, flyway, Clock.systemUTC());
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
    return folder;
  }

  private static SQLiteDataSource source(Path data) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + data.resolve("kerf.db"));
    return source;
  }
}
