// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.HostBatch;
import dev.kronos.expression.ColumnReference;
import dev.kronos.operator.concat.ConcatBatches;
import dev.kronos.operator.join.BuildKey;
import dev.kronos.operator.join.BuildSide;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.join.JoinType;
import dev.kronos.operator.join.JoinedBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Joins vectors by equal keys, as Arrow's hash join does, on one or several keys of any types.
 *
 * <p>Null equals nothing, not even null. NaN equals NaN and -0.0 equals 0.0; strings are compared
 * by bytes; decimals must be of one precision and scale. Keys have a column type; values are any
 * vectors that {@link Selection} takes, and keep every bit and their field. A value beside a row
 * without a match is null.
 *
 * <p>Rows come in the order of the left side, the matches of a row in the order of the right side;
 * those of {@link #right} the other way round, and those that {@link #full} adds of the right side
 * come last. The same operands give the same result on every device.
 *
 * <p>A table is made of the right side, for {@link #right} of the left one: let that be the smaller
 * one. Cost: O(l + r + m) work and memory for l and r rows of the sides and m of the result, as
 * long as few hashes of keys collide; tables take 8 to 16 bytes a row, and 16 more where keys
 * repeat.
 *
 * <p>Operands stay the caller's and as they are; results lie in memory of the device's allocator
 * and the caller closes them. Thread-safe. Errors: {@link KronosException.InvalidArgument} for
 * vectors of different lengths and for keys of the two sides that differ in number or type; {@link
 * KronosException.Unsupported} for vectors without column type, or more than 200 of them; {@link
 * KronosException.Exhausted} when there is no room, or the result has more rows or characters than
 * a vector holds; {@link KronosException.Closed} when the device is closed.
 */
public final class Joins {
  private final Kronos kronos;

  /** Creates the functions of a device, which stays the caller's. */
  public Joins(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
  }

  /** Returns the values of both sides, the left one's first, of all pairs of rows that match. */
  public List<FieldVector> inner(JoinSide left, JoinSide right) {
    return join(JoinType.INNER, left, right);
  }

  /** Returns what {@link #inner} does, and rows of the left side without a match. */
  public List<FieldVector> left(JoinSide left, JoinSide right) {
    return join(JoinType.LEFT_OUTER, left, right);
  }

  /** Returns what {@link #inner} does, and rows of the right side without a match. */
  public List<FieldVector> right(JoinSide left, JoinSide right) {
    return join(JoinType.RIGHT_OUTER, left, right);
  }

  /** Returns what {@link #inner} does, and rows of either side without a match. */
  public List<FieldVector> full(JoinSide left, JoinSide right) {
    return join(JoinType.FULL_OUTER, left, right);
  }

  /** Returns the values of the left side of rows that have a match, once each. */
  public List<FieldVector> semi(JoinSide left, JoinSide right) {
    return join(JoinType.LEFT_SEMI, left, right);
  }

  /** Returns the values of the left side of rows that have no match. */
  public List<FieldVector> anti(JoinSide left, JoinSide right) {
    return join(JoinType.LEFT_ANTI, left, right);
  }

  private List<FieldVector> join(JoinType type, JoinSide left, JoinSide right) {
    JoinInput leftInput = new JoinInput(left);
    JoinInput rightInput = new JoinInput(right);
    if (!leftInput.keyTypes().equals(rightInput.keyTypes())) {
      throw new KronosException.InvalidArgument(
          message(
              "keys of the sides differ in type",
              "left",
              leftInput.keyTypes(),
              "right",
              rightInput.keyTypes()));
    }
    List<Field> fields = new ArrayList<>(leftInput.fields());
    if (!type.keepsLeftOnly()) {
      fields.addAll(rightInput.fields());
    }
    JoinInput probe = type == JoinType.RIGHT_OUTER ? rightInput : leftInput;
    JoinInput build = type == JoinType.RIGHT_OUTER ? leftInput : rightInput;
    JoinSpec spec = spec(type, probe, build);
    HashJoin.unsupported(spec).ifPresent(Joins::refuse);
    try (ColumnBatch result = run(spec, probe.batch(), build.batch())) {
      return Projection.download(kronos, result, fields);
    }
  }

  private static void refuse(String reason) {
    throw new KronosException.Unsupported(message("too much for one kernel", "reason", reason));
  }

  private static JoinSpec spec(JoinType type, JoinInput probe, JoinInput build) {
    List<BuildKey> keys = build.keys().stream().map(BuildKey::of).toList();
    BuildSide side = type == JoinType.RIGHT_OUTER ? BuildSide.LEFT : BuildSide.RIGHT;
    JoinSpec.Builder builder =
        JoinSpec.builder(type, side, probe.source(), new BuildSpec(build.source(), keys));
    List<ColumnReference> columns = builder.columns();
    int firstBuild = probe.batch().columns().size();
    List<ColumnReference> probed = probe.values().stream().map(columns::get).toList();
    List<ColumnReference> built =
        build.values().stream().map(value -> columns.get(firstBuild + value)).toList();
    List<ColumnReference> outputs = new ArrayList<>(side == BuildSide.LEFT ? built : probed);
    if (!type.keepsLeftOnly()) {
      outputs.addAll(side == BuildSide.LEFT ? probed : built);
    }
    return builder.probeKeys(probe.keys()).outputs(outputs).build();
  }

  private ColumnBatch run(JoinSpec spec, HostBatch probe, HostBatch build) {
    List<ColumnBatch> pieces = new ArrayList<>();
    try (BuildTable table = table(spec.build(), build);
        HashJoin join = new HashJoin(kronos, spec, table, Integer.MAX_VALUE)) {
      take(join.probe(probe), pieces);
      take(join.finish(), pieces);
      if (pieces.size() == 1) {
        return pieces.remove(0);
      }
      try (ConcatBatches concat = new ConcatBatches(kronos, spec.outputLayouts())) {
        return concat.apply(pieces);
      }
    } finally {
      pieces.forEach(ColumnBatch::close);
    }
  }

  private BuildTable table(BuildSpec spec, HostBatch batch) {
    try (JoinBuild build = new JoinBuild(kronos, spec)) {
      build.add(batch);
      return build.finish();
    }
  }

  private static void take(JoinedBatches found, List<ColumnBatch> pieces) {
    try (found) {
      ColumnBatch piece = found.next();
      while (piece != null) {
        pieces.add(piece);
        piece = found.next();
      }
    }
  }
}
