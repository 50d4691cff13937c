// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.ColumnBinding;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how a join is computed where the build side comes in chunks, each with a table of its own.
 * Pairs, and rows of the build side that stay alone, are known chunk by chunk. Of the probe side,
 * rows that meet nothing in a chunk are left for the next one, by an anti join; what is left after
 * the last chunk met nothing at all, as if the build side were empty.
 *
 * @param matches what is known of a chunk at once, or null where that is nothing
 * @param rest the anti join that leaves rows of the probe side, as they came, or null where the
 *     join does not ask for rows without a match
 * @param last the join of what is left with an empty table, or null where nothing comes of it
 * @param ofRest whether matches are looked for only among rows that met nothing before
 */
record ChunkSpecs(JoinSpec matches, JoinSpec rest, JoinSpec last, boolean ofRest) {

  /** Returns how to compute a join whose probe side has no filters any more. */
  static ChunkSpecs of(JoinSpec spec) {
    if (spec.keepsProbeOnly()) {
      JoinSpec matches =
          spec.type() == JoinType.LEFT_ANTI
              ? null
              : typed(spec, JoinType.LEFT_SEMI, BuildSide.RIGHT);
      JoinSpec last = spec.type() == JoinType.LEFT_SEMI ? null : spec;
      return new ChunkSpecs(matches, rest(spec), last, true);
    }
    if (!spec.type().keepsUnmatched(spec.buildSide().other())) {
      return new ChunkSpecs(spec, null, null, false);
    }
    JoinType both = spec.buildSide() == BuildSide.LEFT ? JoinType.LEFT_OUTER : JoinType.RIGHT_OUTER;
    JoinType type = spec.type() == JoinType.FULL_OUTER ? both : JoinType.INNER;
    return new ChunkSpecs(typed(spec, type, spec.buildSide()), rest(spec), spec, false);
  }

  /** Returns the join as another type, with columns that lie as those of the join itself do. */
  private static JoinSpec typed(JoinSpec spec, JoinType type, BuildSide side) {
    List<Expression> columns =
        new ArrayList<>(new JoinedRow(type, side, spec.probe(), spec.build()).columns());
    if (spec.type() == JoinType.EXISTENCE) {
      columns.add(new Literal(DataType.BOOLEAN, true));
    }
    List<ColumnLayout> layouts = spec.outputLayouts();
    List<Expression> outputs = new ArrayList<>();
    for (Expression output : spec.outputs()) {
      Expression value = ColumnBinding.substitute(output, columns);
      boolean widened = layouts.get(outputs.size()).nullable() && !value.nullable();
      outputs.add(widened ? nullable(value) : value);
    }
    return new JoinSpec(
        type, side, spec.probe(), spec.probeKeys(), spec.build(), spec.condition(), outputs);
  }

  /** Returns a value that is never null as one that may be. */
  private static Expression nullable(Expression value) {
    return CaseWhen.orNull(new Literal(DataType.BOOLEAN, true), value);
  }

  /** Returns the join that leaves source rows of the probe side that have no match. */
  private static JoinSpec rest(JoinSpec spec) {
    List<Expression> columns = new ArrayList<>(FusedPipeline.of(spec.probe()).outputs());
    int first = columns.size();
    columns.addAll(ColumnReference.toAll(spec.probe().inputs()));
    PipelineSpec probe =
        new PipelineSpec(spec.probe().inputs(), List.<Step>of(new Project(columns)));
    return new JoinSpec(
        JoinType.LEFT_ANTI,
        BuildSide.RIGHT,
        probe,
        spec.probeKeys(),
        spec.build(),
        spec.condition() == null ? null : moved(spec, first),
        references(probe, first));
  }

  /** Makes room for source columns between those of the probe side and those of the build side. */
  private static Expression moved(JoinSpec spec, int first) {
    List<Expression> columns = new ArrayList<>();
    for (ColumnReference column :
        new JoinedRow(JoinType.INNER, BuildSide.RIGHT, spec.probe(), spec.build()).columns()) {
      int by = column.index() < first ? 0 : spec.probe().inputs().size();
      columns.add(new ColumnReference(column.index() + by, column.type(), column.nullable()));
    }
    return ColumnBinding.substitute(spec.condition(), columns);
  }

  private static List<Expression> references(PipelineSpec probe, int first) {
    List<Expression> references = new ArrayList<>();
    for (ColumnLayout layout : probe.inputs()) {
      references.add(ColumnReference.to(first + references.size(), layout));
    }
    return references;
  }
}
