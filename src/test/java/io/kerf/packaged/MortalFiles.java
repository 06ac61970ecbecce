package io.kerf.packaged;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * The file system of a JVM that ends, as killed, right before the n-th change it would make under some folders: set as
 * {@code java.nio.file.spi.DefaultFileSystemProvider}, which the JDK asks for a default file system of one's own. So every durable step of the
 * program as it is shipped can be killed at, without a word of this in the program, and a step that somebody adds is found by itself.
 *
 * <p>A change is to open for writing, to make a folder, to delete, to move and to link. What is written between two of them into a file that nobody
 * reads before it is renamed makes no difference to whoever starts after the death.
 */
public final class MortalFiles extends FileSystemProvider {
  /** Folders, separated by colons. */
  public static final String UNDER = "mortal.under";
  /** 1 dies before the first change; 0 never dies. */
  public static final String BEFORE = "mortal.before";
  /** What a process ends with that is killed by signal 9, as shells say it. */
  public static final int KILLED = 137;

  private final FileSystemProvider real;
  private final FileSystem files;
  private final List<String> under = List.of(System.getProperty(UNDER, "").split(File.pathSeparator));
  private final int before = Integer.getInteger(BEFORE, 0);
  private final AtomicInteger changes = new AtomicInteger();

  /** As the JDK makes it. */
  public MortalFiles(FileSystemProvider real) {
    this.real = real;
    this.files = new Files(real.getFileSystem(URI.create("file:///")));
  }

  private void changes(String what, Path path) {
    String name = plain(path).toAbsolutePath().normalize().toString();
    if (before > 0 && under.stream().anyMatch(folder -> name.startsWith(folder + "/")) && changes.incrementAndGet() == before) {
      System.err.println("died before: " + what + " " + name);
      System.err.flush();
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private static Path plain(Path path) {
    return path != null && Proxy.isProxyClass(path.getClass()) && Proxy.getInvocationHandler(path) instanceof Wrapped wrapped ? wrapped.path : path;
  }

  private Path wrap(Path path) {
    return path == null ? null : (Path) Proxy.newProxyInstance(MortalFiles.class.getClassLoader(), new Class<?>[] {Path.class}, new Wrapped(this, path));
  }

  /** A path of the real file system that says it is of this one. */
  private record Wrapped(MortalFiles provider, Path path) implements java.lang.reflect.InvocationHandler {
    @Override
    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
      Object[] plain = arguments == null ? null : arguments.clone();
      for (int i = 0; plain != null && i < plain.length; i++) {
        plain[i] = plain[i] instanceof Path given ? plain(given) : plain[i];
      }
      switch (method.getName()) {
        case "getFileSystem":
          return provider.files;
        case "toFile":
          return new File(path.toString());
        case "iterator":
          return wrapAll(path).iterator();
        default:
          try {
            Object answer = method.invoke(path, plain);
            return answer instanceof Path made ? provider.wrap(made) : answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
      }
    }

    private List<Path> wrapAll(Path all) {
      return StreamSupport.stream(all.spliterator(), false).map(provider::wrap).toList();
    }
  }

  private final class Files extends FileSystem {
    private final FileSystem own;

    private Files(FileSystem own) {
      this.own = own;
    }

    @Override
    public FileSystemProvider provider() {
      return MortalFiles.this;
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return own.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return List.of(wrap(own.getPath("/")));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return own.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return own.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return wrap(own.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      PathMatcher matcher = own.getPathMatcher(pattern);
      return path -> matcher.matches(plain(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return own.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return own.newWatchService();
    }
  }

  @Override
  public String getScheme() {
    return real.getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
    return real.newFileSystem(uri, environment);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public Path getPath(URI uri) {
    return wrap(real.getPath(uri));
  }

  private void opens(Path path, Set<? extends OpenOption> options) {
    if (!Collections.disjoint(options, Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
      changes("open", path);
    }
  }

  @Override
  public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
    opens(path, options);
    return real.newByteChannel(plain(path), options, attributes);
  }

  @Override
  public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
    opens(path, options);
    return real.newFileChannel(plain(path), options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> own = real.newDirectoryStream(plain(folder), path -> filter.accept(wrap(path)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return StreamSupport.stream(own.spliterator(), false).map(MortalFiles.this::wrap).iterator();
      }

      @Override
      public void close() throws IOException {
        own.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    changes("make", folder);
    real.createDirectory(plain(folder), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    changes("link", link);
    real.createLink(plain(link), plain(existing));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
    changes("link", link);
    real.createSymbolicLink(plain(link), plain(target), attributes);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return wrap(real.readSymbolicLink(plain(link)));
  }

  @Override
  public void delete(Path path) throws IOException {
    changes("delete", path);
    real.delete(plain(path));
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    changes("delete", path);
    return real.deleteIfExists(plain(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    changes("copy to", target);
    real.copy(plain(source), plain(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    changes("move to", target);
    real.move(plain(source), plain(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return real.isSameFile(plain(path), plain(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(plain(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(plain(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(plain(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(plain(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(plain(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
    return real.readAttributes(plain(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
    real.setAttribute(plain(path), attribute, value, options);
  }
}
