// SPDX-License-Identifier: Apache-2.0
package dev.kronos.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Looks into the one jar that users take: its size, what it bundles, what it takes from outside.
 */
@Tag("smoke")
class ShadedJarIT {
  private static final long LIMIT_BYTES = 30_000_000;
  private static final String GOLDEN_SPARK = "4.2";
  private static final String REGENERATE =
      "mvn -B -Dquick -Dgroups=smoke -Dkronos.golden.write verify -pl spark-plugin -am";

  private final Path jar = Path.of(System.getProperty("kronos.plugin.jar"));

  @Test
  void staysSmall() throws IOException {
    assertThat(Files.size(jar)).as("bytes of %s", jar.getFileName()).isLessThan(LIMIT_BYTES);
  }

  @Test
  void bundlesOwnClassesAndLwjglOnly() throws IOException {
    assertThat(bundledRoots()).containsExactly("dev.kronos", "org.lwjgl");
  }

  @Test
  void carriesTheLicences() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      assertThat(file.getEntry("META-INF/LICENSE")).isNotNull();
      assertThat(file.getEntry("META-INF/NOTICE")).isNotNull();
    }
  }

  /** Compares with the golden file, which is that of the default Spark. */
  @Test
  void takesFromOutsideWhatTheGoldenFileSays() throws IOException {
    assumeTrue(GOLDEN_SPARK.equals(System.getProperty("kronos.spark.minor")));
    Path golden = Path.of(System.getProperty("kronos.golden"));
    List<String> found = describe();
    if (Boolean.getBoolean("kronos.golden.write")) {
      Files.write(golden, found);
    }
    assertThat(found)
        .as("%s; if the change is meant: %s", golden.getFileName(), REGENERATE)
        .isEqualTo(Files.readAllLines(golden));
  }

  private List<String> describe() throws IOException {
    SortedSet<String> lines = new TreeSet<>();
    bundledRoots().forEach(root -> lines.add("bundles " + root));
    entries().stream()
        .filter(name -> name.endsWith(".so"))
        .forEach(name -> lines.add("bundles " + name.substring(name.lastIndexOf('/') + 1)));
    lines.addAll(OutsideWorld.of(jar).lines());
    List<String> all = new ArrayList<>();
    all.add("# What the plugin's jar bundles, needs from Spark's class path and from the JDK, and");
    all.add("# names though it is in neither (annotations). Regenerate:");
    all.add("# " + REGENERATE);
    all.addAll(lines);
    return all;
  }

  private SortedSet<String> bundledRoots() throws IOException {
    SortedSet<String> roots = new TreeSet<>();
    for (String name : entries()) {
      if (name.endsWith(".class")) {
        String[] steps = name.replaceFirst("^META-INF/versions/\\d+/", "").split("/", -1);
        roots.add(steps.length > 2 ? steps[0] + "." + steps[1] : name);
      }
    }
    return roots;
  }

  private List<String> entries() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }
}
