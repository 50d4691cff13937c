// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("generated")
class FunctionTableTest {
  private static final String REGENERATE =
      "mvn -B -q -Dquick -Dgroups=generated -Dkronos.golden.write test -pl spark-plugin -am";

  @Test
  void fileInTheRepositoryIsWhatTheCatalogueSays() throws IOException {
    Path file = repositoryRoot().resolve("docs/generated/functions.md");
    if (Boolean.getBoolean("kronos.golden.write")) {
      Files.writeString(file, FunctionTable.markdown());
    }
    assertThat(Files.readString(file))
        .as("regenerate with: %s", REGENERATE)
        .isEqualTo(FunctionTable.markdown());
  }

  /** Every method that a family's class offers is on the page, and nothing else is. */
  @Test
  void catalogueHasEveryMethod() {
    Set<String> listed =
        FunctionCatalogue.families().stream()
            .flatMap(family -> family.entries().stream())
            .map(FunctionCatalogue.Entry::method)
            .collect(Collectors.toCollection(TreeSet::new));
    // The same function as coalesce, with a value in place of the last vector.
    listed.add("Choices.fillNull");
    // Takes no values, so there is nothing to say of their types.
    listed.add("GroupAggregate.countAll");
    // Casts have a table of their own.
    listed.add("Functions.cast");
    listed.add("Functions.castUnchecked");
    listed.add("Conversions.cast");
    listed.add("Conversions.castUnchecked");
    Set<String> offered =
        Stream.of(
                Functions.class,
                Calculations.class,
                Mathematics.class,
                Comparisons.class,
                Logic.class,
                Bits.class,
                Strings.class,
                Dates.class,
                Times.class,
                Hashes.class,
                Conversions.class,
                Choices.class,
                Selection.class,
                Sorting.class,
                Joins.class,
                Aggregates.class,
                Cumulative.class,
                LinearAlgebra.class,
                Grouping.class,
                Distinct.class)
            .flatMap(type -> methods(type).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    offered.addAll(groupAggregates());
    assertThat(listed).isEqualTo(offered);
  }

  private static List<String> groupAggregates() {
    return Stream.of(GroupAggregate.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getReturnType() == GroupAggregate.class)
        .map(method -> "GroupAggregate." + method.getName())
        .toList();
  }

  private static List<String> methods(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .map(name -> type.getSimpleName() + "." + name)
        .toList();
  }

  private static Path repositoryRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("arrow-gpu"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
