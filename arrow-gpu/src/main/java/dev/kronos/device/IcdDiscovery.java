// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the Vulkan drivers that are installed, by their manifests (JSON files that name a library).
 * A manifest that is missing, malformed, hostile or for another processor is rejected with one
 * sentence, and the search goes on.
 *
 * @param manifests usable manifests, in the order in which to try them
 * @param rejections why the others are not
 */
public record IcdDiscovery(List<IcdManifest> manifests, List<Rejection> rejections) {
  /** Manifests looked at; a folder with more is not a folder of drivers. */
  private static final int MAX_CANDIDATES = 256;

  /**
   * Says why a candidate is not used.
   *
   * @param file the candidate
   * @param reason one sentence without a full stop
   */
  public record Rejection(Path file, String reason) {
    @Override
    public String toString() {
      return file + ": " + reason;
    }
  }

  /** Copies the lists. */
  public IcdDiscovery {
    manifests = List.copyOf(manifests);
    rejections = List.copyOf(rejections);
  }

  /**
   * Searches for drivers.
   *
   * @param search where to look
   * @param machine the processor that libraries must be for
   */
  public static IcdDiscovery search(IcdSearch search, Machine machine) {
    List<IcdManifest> manifests = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    List<Path> candidates = search.candidates();
    Set<String> libraries = new LinkedHashSet<>();
    for (Path candidate : candidates.subList(0, Math.min(candidates.size(), MAX_CANDIDATES))) {
      try {
        IcdManifest manifest = ManifestParser.read(candidate);
        DriverLibrary.check(manifest.library(), machine);
        if (libraries.add(manifest.library())) {
          manifests.add(manifest);
        }
      } catch (ManifestException e) {
        rejections.add(new Rejection(candidate, e.getMessage()));
      }
    }
    return new IcdDiscovery(manifests, rejections);
  }
}
