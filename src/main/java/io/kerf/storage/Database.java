package io.kerf.storage;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQLite file of the data folder, before the connection pool opens it.
 *
 * <p>A damaged file would stop a line that needs no history to judge parts, so it is set aside under a name that says so and an
 * empty one takes its place.
 */
public final class Database {
  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String WAL = "-wal";
  private static final String SHARED_MEMORY = "-shm";
  private static final List<String> SUFFIXES = List.of("", WAL, SHARED_MEMORY);

  private static final int BUSY_MILLIS = 5000;

  private final Path file;
  private final Clock clock;

  public Database(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Sets a damaged file aside as {@code kerf.db.corrupt-<time>}.
   *
   * @return where the damaged file is now; empty where there was none
   * @throws FaultException {@link Fault#DATA_FOLDER_UNUSABLE} where the file can be neither opened nor moved
   */
  public Optional<Path> setAsideIfDamaged() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Optional<String> damage = damage();
    if (damage.isEmpty()) {
      return Optional.empty();
    }
    Path aside = aside();
    try {
      for (String suffix : SUFFIXES) {
        move(suffix, aside);
      }
    } catch (IOException e) {
      throw AtomicFiles.fault(aside, e);
    }
    tell(damage.get(), aside);
    return Optional.of(aside);
  }

  /**
   * The file to look at alone, for commands beside a station or without one. Leaves nothing behind: where no station has the file open it is
   * read as one that nobody writes, as SQLite would else leave a journal that may belong to another user than the station's.
   */
  public DataSource readOnly() {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return new SQLiteDataSource(config) {
      @Override
      public Connection getConnection() throws SQLException {
        boolean inUse = Files.exists(file.resolveSibling(file.getFileName() + WAL));
        setUrl("jdbc:sqlite:" + file.toUri() + (inUse ? "" : "?immutable=1"));
        return super.getConnection();
      }
    };
  }

  /**
   * As {@link #setAsideIfDamaged}, while others have the file open: at every moment there is a file of its name, damaged or whole.
   *
   * @param schema makes the tables in an empty database
   */
  void replaceIfDamaged(Consumer<DataSource> schema) {
    Optional<String> damage = damage();
    if (damage.isEmpty()) {
      return;
    }
    Path aside = aside();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      for (String suffix : SUFFIXES) {
        Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + suffix));
      }
      schema.accept(source(fresh));
      Files.createLink(aside, file);
      for (String suffix : List.of(WAL, SHARED_MEMORY)) {
        move(suffix, aside);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw AtomicFiles.fault(aside, e);
    }
    tell(damage.get(), aside);
  }

  private Path aside() {
    return file.resolveSibling(file.getFileName() + ".corrupt-" + STAMP.format(clock.instant()));
  }

  private void move(String suffix, Path aside) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + suffix);
    if (Files.exists(part)) {
      Files.move(part, aside.resolveSibling(aside.getFileName() + suffix), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void tell(String damage, Path aside) {
    LOG.errorf("The database %s is damaged (%s). It was set aside as %s and an empty one takes its place: verdicts, reviews and audit trail so far are not shown, "
        + "models and images are untouched.", file, damage, aside.getFileName());
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /** Reads every page once: a damaged page found now costs a line in the log, found later it costs verdicts. */
  private Optional<String> damage() {
    try (Connection connection = source(file).getConnection();
        Statement statement = connection.createStatement();
        ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
      String answer = check.next() ? check.getString(1) : "no answer";
      return "ok".equals(answer) ? Optional.empty() : Optional.of(answer);
    } catch (SQLException e) {
      if (isDamage(e)) {
        return Optional.of(e.getMessage());
      }
      throw new FaultException(Fault.DATA_FOLDER_UNUSABLE, "The database " + file + " cannot be opened by user "
          + System.getProperty("user.name") + " (" + e.getMessage() + "): see that this user may read and write it.", e);
    }
  }

  /** Whether SQLite says that the file itself is broken. */
  public static boolean isDamage(SQLException e) {
    return hasCode(e, SQLiteErrorCode.SQLITE_CORRUPT) || hasCode(e, SQLiteErrorCode.SQLITE_NOTADB);
  }

  public static boolean isDiskFull(SQLException e) {
    return hasCode(e, SQLiteErrorCode.SQLITE_FULL);
  }

  /**
   * The fault that a failed statement is, for the person who can mend it.
   *
   * @param what did not happen, as the end of a sentence
   */
  public static FaultException fault(String what, SQLException e) {
    if (isDiskFull(e)) {
      return new FaultException(Fault.DISK_FULL,
          "The disk is full: " + what + ". Delete what is not needed on that disk, or give the station a larger one.", e);
    }
    String advice = isDamage(e)
        ? " Start the station again: it sets the damaged file aside and begins with an empty one."
        : " See that the data folder can be written, then start the station again.";
    return new FaultException(Fault.DATA_FOLDER_UNUSABLE, "The database failed (" + e.getMessage() + "): " + what + "." + advice, e);
  }

  /** Extended codes carry the plain code in their lowest byte. */
  private static boolean hasCode(SQLException e, SQLiteErrorCode code) {
    return e instanceof SQLiteException sqlite && (sqlite.getResultCode().code & 0xff) == code.code;
  }
}
