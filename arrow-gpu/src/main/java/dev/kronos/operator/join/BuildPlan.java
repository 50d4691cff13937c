// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.expression.NormalizeFloat;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.KeyCode;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.operator.pipeline.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which columns a build table has: those that leave the pipeline, then keys that are not
 * columns themselves. They are computed once, when a batch comes, so that a failing key is noticed
 * there and looking at a key again costs a read.
 */
final class BuildPlan {
  private final BuildSpec spec;
  private final PipelineSpec pipeline;
  private final List<ColumnLayout> layouts = new ArrayList<>();
  private final List<Expression> keys = new ArrayList<>();
  private final boolean copied;

  BuildPlan(BuildSpec spec) {
    this.spec = spec;
    List<Expression> columns = new ArrayList<>(references(spec.input()));
    int outputs = columns.size();
    for (BuildKey key : spec.keys()) {
      keys.add(place(plain(key.expression()), columns));
    }
    this.copied = columns.size() > outputs || !spec.input().steps().isEmpty();
    List<Step> steps = new ArrayList<>(spec.input().steps());
    steps.add(new Project(columns));
    this.pipeline = new PipelineSpec(spec.input().inputs(), steps);
    for (Expression column : FusedPipeline.of(pipeline).outputs()) {
      Nullability nullability = column.nullable() ? Nullability.NULLABLE : Nullability.NON_NULL;
      layouts.add(ArrowColumns.layout(column.type(), nullability));
    }
  }

  /** Returns references to the columns that leave a pipeline. */
  private static List<Expression> references(PipelineSpec input) {
    List<Expression> columns = new ArrayList<>();
    for (Expression output : FusedPipeline.of(input).outputs()) {
      columns.add(new ColumnReference(columns.size(), output.type(), output.nullable()));
    }
    return columns;
  }

  private static Expression plain(Expression key) {
    return key instanceof NormalizeFloat normalized ? normalized.child() : key;
  }

  /** Finds the column of a key, or adds one, and returns the key made of it. */
  private static Expression place(Expression key, List<Expression> columns) {
    int index = key instanceof ColumnReference column ? column.index() : columns.indexOf(key);
    if (index < 0) {
      index = columns.size();
      columns.add(key);
    }
    Expression column = columns.get(index);
    return normalized(new ColumnReference(index, column.type(), column.nullable()));
  }

  /** Gives equal floating keys equal bits. */
  static Expression normalized(Expression key) {
    boolean floating = key.type().isFloating() && !(key instanceof NormalizeFloat);
    return floating ? new NormalizeFloat(key) : key;
  }

  BuildSpec spec() {
    return spec;
  }

  /** Returns what computes the table's columns from a batch. */
  PipelineSpec pipeline() {
    return pipeline;
  }

  /** Tells whether batches are laid out as the table's columns are, so that none is computed. */
  boolean takesBatches() {
    return !copied && spec.input().inputs().equals(layouts);
  }

  /** Returns the layouts of the table's columns. */
  List<ColumnLayout> layouts() {
    return layouts;
  }

  /** Returns the keys over the table's columns. */
  List<Expression> keys() {
    return keys;
  }

  /** Returns the layout of keys in words; null is a value where nulls are equal. */
  KeyCode keyCode() {
    List<DataType> types = keys.stream().map(Expression::type).toList();
    List<Boolean> nullable =
        spec.keys().stream().map(key -> key.nulls() == BuildKey.Nulls.EQUAL).toList();
    return new KeyCode(types, nullable);
  }

  /** Tells whether the key is an integer that could number slots. */
  boolean numbersSlots() {
    KeyCode code = keyCode();
    boolean one = keys.size() == 1 && !code.marksNulls();
    return one && (code.type(0) == RegisterType.INT || code.type(0) == RegisterType.LONG);
  }

  /** Returns the condition that some key is null that then matches nothing. */
  String unmatchable(List<GlslValue> values) {
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean matchesNothing = spec.keys().get(i).nulls() == BuildKey.Nulls.NEVER_EQUAL;
      if (matchesNothing && !values.get(i).neverNull()) {
        terms.add(values.get(i).isNull());
      }
    }
    return terms.isEmpty() ? "false" : String.join(" || ", terms);
  }
}
