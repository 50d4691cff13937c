// SPDX-License-Identifier: Apache-2.0
package dev.kronos.rules;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * Names what the classes of a jar refer to outside of it, as {@code jdeps} sees it.
 *
 * @param lines {@code needs ARTIFACT} for jars of the class path, without their versions; {@code
 *     jdk MODULE}; {@code absent PACKAGE} for what is in neither
 */
record OutsideWorld(SortedSet<String> lines) {
  /** A line of jdeps: package, arrow, package, then the jar or module that holds the latter. */
  private static final Pattern REFERENCE = Pattern.compile("\\s+\\S+\\s+-> (\\S+)\\s+(\\S.*)");

  private static final Pattern JAR = Pattern.compile("(.+?)(_2\\.13)?-\\d[^/]*\\.jar");
  private static final Pattern MODULE =
      Pattern.compile("(?:JDK internal API \\()?((?:java|jdk)\\.[\\w.]+)\\)?");

  /** Analyses a jar against this JVM's own class path. */
  static OutsideWorld of(Path jar) {
    SortedSet<String> lines = new TreeSet<>();
    for (String line : jdeps(jar).split("\\R", -1)) {
      Matcher reference = REFERENCE.matcher(line);
      if (reference.matches() && !reference.group(2).equals(jar.getFileName().toString())) {
        lines.add(line(reference.group(1), reference.group(2)));
      }
    }
    return new OutsideWorld(lines);
  }

  private static String line(String target, String holder) {
    Matcher module = MODULE.matcher(holder);
    if (module.matches()) {
      return "jdk " + module.group(1);
    }
    Matcher artifact = JAR.matcher(holder);
    return artifact.matches() ? "needs " + artifact.group(1) : "absent " + target;
  }

  private static String jdeps(Path jar) {
    ToolProvider tool = ToolProvider.findFirst("jdeps").orElseThrow();
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int status =
        tool.run(
            writer,
            writer,
            "--multi-release=base",
            "-verbose:package",
            "--class-path=" + classPathWithoutBundledJars(),
            jar.toString());
    if (status != 0) {
      throw new IllegalStateException("jdeps failed: status=" + status + ", output=" + out);
    }
    return out.toString();
  }

  private static String classPathWithoutBundledJars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(path -> path.endsWith(".jar"))
        .filter(path -> !path.contains("lwjgl") && !path.contains("kronos-"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
