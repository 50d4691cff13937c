// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
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
import dev.kronos.operator.pipeline.RowFailure;
import java.util.ArrayList;
import java.util.List;

/** Joins rows of two sides; a table is made of the right one, of the left one for right joins. */
final class RowJoin {
  private final Kronos kronos;
  private final JoinType type;
  private final BuildSide side;
  private final JoinRows probe;
  private final JoinRows build;

  /** Checks that keys fit each other; throws InvalidArgument when they do not. */
  RowJoin(Kronos kronos, JoinType type, JoinRows left, JoinRows right) {
    if (!left.keyTypes().equals(right.keyTypes())) {
      throw new KronosException.InvalidArgument(
          message(
              "keys of the sides differ in type",
              "left",
              left.keyTypes(),
              "right",
              right.keyTypes()));
    }
    this.kronos = kronos;
    this.type = type;
    this.side = type == JoinType.RIGHT_OUTER ? BuildSide.LEFT : BuildSide.RIGHT;
    this.probe = side == BuildSide.LEFT ? right : left;
    this.build = side == BuildSide.LEFT ? left : right;
  }

  /** Makes the columns that come out of those of the left side and those of the right side. */
  @FunctionalInterface
  interface Outputs {
    List<? extends Expression> of(List<ColumnReference> left, List<ColumnReference> right);
  }

  /** Returns the rows of the join on the device; the caller closes them. */
  ColumnBatch run(Outputs outputs) {
    JoinSpec spec = spec(outputs);
    HashJoin.unsupported(spec).ifPresent(RowJoin::refuse);
    List<ColumnBatch> pieces = new ArrayList<>();
    try (BuildTable table = table(spec.build());
        HashJoin join = new HashJoin(kronos, spec, table, Integer.MAX_VALUE)) {
      probe(join, pieces);
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

  private static void refuse(String reason) {
    throw new KronosException.Unsupported(message("too much for one kernel", "reason", reason));
  }

  private JoinSpec spec(Outputs outputs) {
    List<BuildKey> keys = build.keys().stream().map(BuildKey::of).toList();
    JoinSpec.Builder builder =
        JoinSpec.builder(type, side, probe.source(), new BuildSpec(build.source(), keys));
    List<ColumnReference> all = builder.columns();
    int ofProbe = probe.source().outputTypes().size();
    List<ColumnReference> probed = all.subList(0, ofProbe);
    List<ColumnReference> built = all.subList(ofProbe, all.size());
    builder.outputs(side == BuildSide.LEFT ? outputs.of(built, probed) : outputs.of(probed, built));
    return builder.probeKeys(probe.keys()).build();
  }

  private BuildTable table(BuildSpec spec) {
    try (JoinBuild taken = new JoinBuild(kronos, spec)) {
      build.into(taken);
      return taken.finish();
    } catch (RowFailure e) {
      throw build.failure(e);
    }
  }

  private void probe(HashJoin join, List<ColumnBatch> pieces) {
    try {
      take(probe.through(join), pieces);
      take(join.finish(), pieces);
    } catch (RowFailure e) {
      throw probe.failure(e);
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
