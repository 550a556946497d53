package io.causa.simulation.mutants;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * All classes of Causa, the simulator's too, with one source file replaced by its broken variant.
 * Nothing of the project is shared with the classes of the caller.
 */
final class MutantClasses extends URLClassLoader {

  private static final String OURS = "io.causa.";
  private static final Path SOURCES = Path.of("src", "main", "java");

  private MutantClasses(List<URL> classes) {
    super(classes.toArray(URL[]::new), MutantClasses.class.getClassLoader());
  }

  /**
   * Compiles the variant.
   *
   * @param directory where its classes go
   */
  static MutantClasses compile(Mutant mutant, Path directory) throws IOException {
    Path source = directory.resolve("src").resolve(mutant.file());
    Files.createDirectories(source.getParent());
    Files.writeString(source, mutant.applyTo(Files.readString(SOURCES.resolve(mutant.file()))));
    Path classes = Files.createDirectories(directory.resolve("classes"));
    compile(mutant, source, classes);
    return new MutantClasses(searchPath(classes));
  }

  private static void compile(Mutant mutant, Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("mutants need a JDK: this Java has no compiler");
    }
    StringWriter output = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(output, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new IllegalStateException(
            "the mutant " + mutant.name() + " does not compile:\n" + output);
      }
    }
  }

  private static List<URL> searchPath(Path mutated) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    urls.add(mutated.toUri().toURL());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls;
  }

  /** Our classes come from here, whatever the caller has loaded. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
