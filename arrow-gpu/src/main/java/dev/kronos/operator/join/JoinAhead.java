// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.expression.ColumnBinding;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.MadeText;
import dev.kronos.operator.pipeline.AheadPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes the probe side of a join ahead of it, where it needs strings that are made. */
final class JoinAhead {
  private static final String MADE_IN_JOIN = "strings that are made in the condition of a join";

  private JoinAhead() {}

  /** Returns why strings cannot be made, or nothing. */
  static Optional<String> unsupported(JoinSpec spec) {
    boolean made =
        MadeText.in(spec.outputs()) || (spec.condition() != null && MadeText.in(spec.condition()));
    return made ? Optional.of(MADE_IN_JOIN) : Optional.empty();
  }

  /** Returns the reasons of {@link #unsupported}. */
  static List<String> limits() {
    return List.of(MADE_IN_JOIN);
  }

  /** Returns what to run ahead, or null where the join's own kernels compute everything. */
  static AheadPipeline of(JoinSpec spec) {
    return AheadPipeline.isNeeded(spec.probe(), spec.probeKeys())
        ? AheadPipeline.of(spec.probe(), spec.probeKeys())
        : null;
  }

  /** Returns the join of what was computed ahead: keys stand behind the probe side's columns. */
  static JoinSpec rest(JoinSpec spec, AheadPipeline ahead) {
    List<Expression> keys = new ArrayList<>();
    spec.probeKeys().forEach(key -> keys.add(ahead.computed(keys.size())));
    List<ColumnReference> before =
        new JoinedRow(spec.type(), spec.buildSide(), spec.probe(), spec.build()).columns();
    List<Expression> columns = new ArrayList<>();
    for (ColumnReference column : before) {
      int moved = column.index() < ahead.outputs() ? 0 : keys.size();
      columns.add(new ColumnReference(column.index() + moved, column.type(), column.nullable()));
    }
    Expression condition =
        spec.condition() == null ? null : ColumnBinding.substitute(spec.condition(), columns);
    List<Expression> outputs =
        spec.outputs().stream().map(e -> ColumnBinding.substitute(e, columns)).toList();
    return new JoinSpec(
        spec.type(), spec.buildSide(), ahead.rest(), keys, spec.build(), condition, outputs);
  }
}
