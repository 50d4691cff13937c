// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import dev.kronos.KronosOptions;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lists the places where driver manifests may lie, in order: the setting {@code icd.searchPaths};
 * then the files of {@code VK_DRIVER_FILES} (or of its old name {@code VK_ICD_FILENAMES}), which
 * replace the standard folders; or else {@code VK_ADD_DRIVER_FILES} and the standard folders, as
 * the Vulkan loader does on Linux.
 *
 * @param places files and folders, in order
 */
public record IcdSearch(List<Path> places) {
  private static final String MANIFEST_FOLDER = "vulkan/icd.d";

  /** Copies the list. */
  public IcdSearch {
    places = List.copyOf(places);
  }

  /**
   * Returns the places that options and environment name.
   *
   * @param options for {@code icd.searchPaths}
   * @param environment returns an environment variable or null
   */
  public static IcdSearch of(KronosOptions options, UnaryOperator<String> environment) {
    List<Path> places = new ArrayList<>(paths(options.icdSearchPaths()));
    String files = environment.apply("VK_DRIVER_FILES");
    String given = files == null || files.isBlank() ? environment.apply("VK_ICD_FILENAMES") : files;
    if (given != null && !given.isBlank()) {
      places.addAll(paths(KronosOptions.splitPaths(given)));
    } else {
      places.addAll(list(environment, "VK_ADD_DRIVER_FILES", ""));
      places.addAll(standardFolders(environment));
    }
    return new IcdSearch(places);
  }

  /** Returns the places that the setting {@code icd.searchPaths} names and no others. */
  public static IcdSearch named(KronosOptions options) {
    return new IcdSearch(paths(options.icdSearchPaths()));
  }

  /** Returns the manifests to look at: files as they are, and the JSON files of folders by name. */
  public List<Path> candidates() {
    Set<Path> candidates = new LinkedHashSet<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        candidates.addAll(manifestsIn(place));
      } else if (!place.endsWith(MANIFEST_FOLDER)) {
        candidates.add(place);
      }
    }
    return List.copyOf(candidates);
  }

  private static List<Path> standardFolders(UnaryOperator<String> environment) {
    String home = environment.apply("HOME");
    String ownConfig = home == null ? "" : home + "/.config";
    String ownData = home == null ? "" : home + "/.local/share";
    List<Path> roots = new ArrayList<>();
    roots.addAll(list(environment, "XDG_CONFIG_HOME", ownConfig));
    roots.addAll(list(environment, "XDG_CONFIG_DIRS", "/etc/xdg"));
    roots.add(Path.of("/etc"));
    roots.addAll(list(environment, "XDG_DATA_HOME", ownData));
    roots.addAll(list(environment, "XDG_DATA_DIRS", "/usr/local/share:/usr/share"));
    return roots.stream().map(root -> root.resolve(MANIFEST_FOLDER)).toList();
  }

  private static List<Path> list(
      UnaryOperator<String> environment, String variable, String otherwise) {
    String value = environment.apply(variable);
    String text = value == null || value.isBlank() ? otherwise : value;
    return paths(KronosOptions.splitPaths(text));
  }

  private static List<Path> paths(List<String> texts) {
    List<Path> paths = new ArrayList<>();
    for (String text : texts) {
      try {
        paths.add(Path.of(text));
      } catch (InvalidPathException e) {
        // A text that is no path names no file, so there is nothing to find or to report on.
        continue;
      }
    }
    return paths;
  }

  private static List<Path> manifestsIn(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      files.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    Collections.sort(found);
    return found;
  }
}
