// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceJoin;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillMeter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Runs a join on a device and in plain Java over the same batches and compares all rows. */
final class JoinCheck {
  private final Kronos kronos;
  private final JoinSpec spec;
  private final List<List<Object[]>> builds = new ArrayList<>();
  private final List<List<Object[]>> probes = new ArrayList<>();
  private int pieceRows = HashJoin.DEFAULT_PIECE_ROWS;
  private int mostParts = 16;
  private int failEvery;
  private boolean dictionaries;

  JoinCheck(Kronos kronos, JoinSpec spec) {
    this.kronos = kronos;
    this.spec = spec;
  }

  /** Draws rows, floats with NaNs and both zeros among them. */
  static List<Object[]> rows(
      List<ColumnLayout> layouts, int rows, int distinct, int nullPercent, long seed) {
    RandomValues values = new RandomValues(seed);
    Random random = new Random(seed);
    List<Object[]> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      Object[] row = new Object[layouts.size()];
      for (int column = 0; column < row.length; column++) {
        DataType type = layouts.get(column).type();
        row[column] = special(values.next(type, distinct, nullPercent), random);
      }
      batch.add(row);
    }
    return batch;
  }

  private static Object special(Object value, Random random) {
    if (value instanceof Double number && number == 0) {
      return random.nextBoolean() ? -0.0 : 0.0;
    }
    if (value instanceof Double number && number == -1.5) {
      return Double.longBitsToDouble(0x7FF8_0000_0000_0000L | random.nextInt(1000));
    }
    if (value instanceof Float number && number == 0) {
      return random.nextBoolean() ? -0.0f : 0.0f;
    }
    if (value instanceof Float number && number == -1.5f) {
      return Float.intBitsToFloat(0x7FC0_0000 | random.nextInt(1000));
    }
    return value;
  }

  JoinCheck build(List<Object[]> rows) {
    builds.add(rows);
    return this;
  }

  JoinCheck probe(List<Object[]> rows) {
    probes.add(rows);
    return this;
  }

  /** Adds a random batch of the build side. */
  JoinCheck build(int rows, int distinct, int nullPercent) {
    long seed = rows * 31L + builds.size();
    return build(rows(spec.build().input().inputs(), rows, distinct, nullPercent, seed));
  }

  /** Adds a random batch of the probe side. */
  JoinCheck probe(int rows, int distinct, int nullPercent) {
    long seed = rows * 37L + 1000 + probes.size();
    return probe(rows(spec.probe().inputs(), rows, distinct, nullPercent, seed));
  }

  JoinCheck pieceRows(int most) {
    pieceRows = most;
    return this;
  }

  JoinCheck mostParts(int most) {
    mostParts = most;
    return this;
  }

  /** Makes every n-th request for memory fail once the batches are there; 0 makes none. */
  JoinCheck failEvery(int nth) {
    failEvery = nth;
    return this;
  }

  /** Makes strings come as dictionaries. */
  JoinCheck dictionaries() {
    dictionaries = true;
    return this;
  }

  /** Runs both, the device in parts, and compares the rows in any order. */
  int checkInParts(BatchStore store, SpillMeter meter) {
    long buffers = OpenKronos.heldBuffers(kronos);
    Map<List<Object>, Integer> found = new HashMap<>();
    List<HostTable> hosts = new ArrayList<>();
    builds.forEach(batch -> hosts.add(host(spec.build().input().inputs(), batch)));
    probes.forEach(batch -> hosts.add(host(spec.probe().inputs(), batch)));
    kronos.memory().injection().failEvery(failEvery);
    try {
      joinInParts(hosts, new SideDivider.Place(store, meter), found);
    } finally {
      kronos.memory().injection().failEvery(0);
      hosts.forEach(HostTable::close);
      assertThat(OpenKronos.heldBuffers(kronos)).isEqualTo(buffers);
    }
    assertThat(found).isEqualTo(expected());
    return found.values().stream().mapToInt(count -> count).sum();
  }

  private void joinInParts(
      List<HostTable> hosts, SideDivider.Place place, Map<List<Object>, Integer> found) {
    try (JoinBuild build = new JoinBuild(kronos, spec.build(), place.store(), place.meter())) {
      hosts.subList(0, builds.size()).forEach(host -> build.add(host.batch()));
      try (DividedJoin join = new DividedJoin(kronos, spec, build, place, mostParts)) {
        hosts.subList(builds.size(), hosts.size()).forEach(host -> probe(join, host));
        for (ColumnBatch next = join.next(); next != null; next = join.next()) {
          count(next, found);
        }
      }
    }
  }

  private void count(ColumnBatch piece, Map<List<Object>, Integer> found) {
    try (piece) {
      assertThat(layouts(piece)).isEqualTo(spec.outputLayouts());
      DeviceRows.of(kronos, piece).forEach(row -> found.merge(row, 1, Integer::sum));
    }
  }

  private void probe(DividedJoin join, HostTable host) {
    try (Stream stream = kronos.newStream();
        ColumnBatch taken = new BatchUpload(kronos, stream).upload(host.batch())) {
      stream.submit();
      join.add(taken);
    }
  }

  private static List<ColumnLayout> layouts(ColumnBatch batch) {
    return batch.columns().stream().map(Column::layout).toList();
  }

  /** Returns how often each row comes out. */
  private Map<List<Object>, Integer> expected() {
    ReferenceJoin twin = new ReferenceJoin(spec);
    Map<List<Object>, Integer> rows = new HashMap<>();
    builds.forEach(twin::build);
    probes.forEach(batch -> twin.probe(batch).forEach(row -> rows.merge(row, 1, Integer::sum)));
    twin.finish().forEach(row -> rows.merge(row, 1, Integer::sum));
    return rows;
  }

  /** Runs both and compares; returns how many rows came out. */
  int check() {
    ReferenceJoin twin = new ReferenceJoin(spec);
    long buffers = OpenKronos.heldBuffers(kronos);
    int rows = 0;
    try (BuildTable table = table(twin);
        HashJoin join = new HashJoin(kronos, spec, table, pieceRows)) {
      for (List<Object[]> batch : probes) {
        try (HostTable host = host(spec.probe().inputs(), batch);
            JoinedBatches pieces = join.probe(host.batch())) {
          rows += compare(pieces, twin.probe(batch));
        }
      }
      try (JoinedBatches rest = join.finish()) {
        rows += compare(rest, twin.finish());
      }
      assertThat(join.counters().rowsOut()).isEqualTo(rows);
    }
    assertThat(OpenKronos.heldBuffers(kronos)).isEqualTo(buffers);
    return rows;
  }

  private BuildTable table(ReferenceJoin twin) {
    try (JoinBuild build = new JoinBuild(kronos, spec.build())) {
      for (List<Object[]> batch : builds) {
        twin.build(batch);
        try (HostTable host = host(spec.build().input().inputs(), batch)) {
          build.add(host.batch());
        }
      }
      return build.finish();
    }
  }

  HostTable host(List<ColumnLayout> layouts, List<Object[]> rows) {
    List<Integer> strings =
        IntStream.range(0, layouts.size())
            .filter(i -> dictionaries && layouts.get(i).type().equals(DataType.STRING))
            .boxed()
            .toList();
    return new HostTable(kronos.allocator(), layouts, rows, strings);
  }

  private int compare(JoinedBatches pieces, List<List<Object>> expected) {
    List<List<Object>> found = new ArrayList<>();
    ColumnBatch next = pieces.next();
    while (next != null) {
      try (ColumnBatch piece = next) {
        assertThat(piece.rows()).isBetween(1, pieceRows);
        found.addAll(DeviceRows.of(kronos, piece));
      }
      next = pieces.next();
    }
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).as("row %d of %s", i, spec.type()).isEqualTo(expected.get(i));
    }
    return found.size();
  }
}
