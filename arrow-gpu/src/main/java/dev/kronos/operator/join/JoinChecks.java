// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.List;

/** Checks that the parts of a join fit each other; throws IllegalArgumentException. */
final class JoinChecks {
  private final JoinType type;
  private final BuildSide buildSide;
  private final PipelineSpec probe;
  private final BuildSpec build;
  private final JoinedRow row;

  JoinChecks(JoinType type, BuildSide buildSide, PipelineSpec probe, BuildSpec build) {
    this.type = type;
    this.buildSide = buildSide;
    this.probe = probe;
    this.build = build;
    this.row = new JoinedRow(type, buildSide, probe, build);
  }

  void check(List<Expression> probeKeys, Expression condition, List<Expression> outputs) {
    checkKeys(probeKeys);
    List<DataType> types = row.columns().stream().map(ColumnReference::type).toList();
    if (condition != null) {
      checkCondition(condition, types.subList(0, row.probeColumns() + row.buildColumns()));
    }
    for (Expression output : outputs) {
      PipelineSpec.checkReferences(output, types);
      checkVisible(output);
    }
    if (type == JoinType.NULL_AWARE_ANTI) {
      checkNullAware(probeKeys, condition);
    }
  }

  private void checkKeys(List<Expression> probeKeys) {
    List<DataType> types = probe.outputTypes();
    probeKeys.forEach(key -> PipelineSpec.checkReferences(key, types));
    List<DataType> found = probeKeys.stream().map(Expression::type).toList();
    List<DataType> expected = build.keys().stream().map(key -> key.expression().type()).toList();
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "keys of the sides differ in type: probe=" + found + " build=" + expected);
    }
  }

  private static void checkCondition(Expression condition, List<DataType> types) {
    if (!condition.type().equals(DataType.BOOLEAN)) {
      throw new IllegalArgumentException("condition is not boolean: type=" + condition.type());
    }
    PipelineSpec.checkReferences(condition, types);
  }

  private void checkVisible(Expression output) {
    if (output instanceof ColumnReference column && !row.isVisible(column.index())) {
      throw new IllegalArgumentException(
          "output of a side that is not kept: type=" + type + " column=" + column.index());
    }
    output.children().forEach(this::checkVisible);
  }

  private void checkNullAware(List<Expression> probeKeys, Expression condition) {
    boolean plain =
        build.keys().stream().allMatch(key -> key.nulls() == BuildKey.Nulls.NEVER_EQUAL);
    if (probeKeys.size() != 1 || condition != null || buildSide != BuildSide.RIGHT || !plain) {
      throw new IllegalArgumentException(
          "null-aware anti join needs one key, no condition and the right side built: keys="
              + probeKeys.size()
              + " condition="
              + condition
              + " buildSide="
              + buildSide);
    }
  }
}
