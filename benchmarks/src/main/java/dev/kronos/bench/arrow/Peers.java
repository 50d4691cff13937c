// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Holds what other libraries took for the same work, as {@code src/main/python/arrow_peers.py}
 * prints it.
 *
 * @param device the device's name
 * @param libraries names and versions
 * @param rows what was measured
 */
public record Peers(String device, List<String> libraries, List<Row> rows) {

  /**
   * Holds one operation of one library.
   *
   * @param title the workload's title
   * @param operation how it is called there
   * @param elements elements of one operation
   * @param nanos median time on the device, in nanoseconds
   */
  public record Row(String title, String operation, long elements, double nanos) {}

  /** Reads a file. */
  public static Peers read(Path file) throws IOException {
    return new ObjectMapper().readValue(file.toFile(), Peers.class);
  }

  /** Returns the fastest operation for a measured row; none where the sizes differ. */
  public Optional<Row> best(ArrowReport.Row row) {
    return rows.stream()
        .filter(peer -> peer.title().equals(row.workload().title()))
        .filter(peer -> peer.elements() == row.elements())
        .min(Comparator.comparingDouble(Row::nanos));
  }
}
