// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Expression;
import dev.kronos.expression.HeldColumns;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Generates the kernel that tests and writes rows in one pass, of pipelines whose outputs are
 * columns as they are: of a fixed width of whole bytes, whose nulls, if any, no filter lets pass.
 */
final class CompactCode {
  /** Registers to spend on the values of an invocation, in bytes. */
  private static final int MOST_BYTES = 128;

  private static final int MOST_ROWS = 16;
  private static final int LEAST_ROWS = 4;

  private final KernelText kernel = new KernelText("project/compact");
  private final RowCode rows;
  private final OutputCode output;
  private final HeldColumns held;
  private final int rowsEach;

  /**
   * Generates a kernel.
   *
   * @param pipeline one that {@link #suits}
   * @param layouts of the outputs, none of them nullable
   */
  CompactCode(FusedPipeline pipeline, List<ColumnLayout> layouts) {
    this.held = held(pipeline);
    this.rowsEach = rowsEach(held);
    this.rows = new RowCode(held);
    this.output = new OutputCode(layouts, 0);
    kernel.arguments("literals", "counters", "partials").arguments(output.arguments());
    kernel.columns(pipeline.inputs().size()).resource("pipeline/words.glsl");
    kernel.append("#extension GL_KHR_shader_subgroup_basic : require");
    output.addFunctions(kernel);
    kernel.define("K_ROWS", rowsEach + "u");
    kernel.define("K_ROW_AT(first, j)", "min((first) + (j) * gl_SubgroupSize, root.count - 1u)");
    kernel.append(held.functions()).append("bool k_selected = false;");
    rows.addRowFunction(kernel, pipeline.conditions(), List.of(), values -> "k_selected = true;\n");
    addFilters(pipeline.conditions().size());
    addStore(pipeline.outputs());
    kernel.resource("project/compact.glsl");
  }

  private static HeldColumns held(FusedPipeline pipeline) {
    List<Expression> all = new ArrayList<>(pipeline.conditions());
    all.addAll(pipeline.outputs());
    return HeldColumns.of(pipeline.inputs(), all);
  }

  private static int rowsEach(HeldColumns held) {
    return Math.min(MOST_ROWS, Integer.highestOneBit(MOST_BYTES / held.rowBytes()));
  }

  /**
   * Tells whether the kernel computes a pipeline, and reads less than two passes would: where
   * conditions lie as bits, the first of two reads next to nothing.
   */
  static boolean suits(FusedPipeline pipeline) {
    List<Expression> conditions = pipeline.conditions();
    ConditionBits bits = new ConditionBits(pipeline.inputs());
    return conditions.stream().anyMatch(condition -> bits.of(condition).isEmpty())
        && RowsAtOnce.tested(conditions)
        && !pipeline.outputs().isEmpty()
        && pipeline.outputs().stream().allMatch(output -> isKept(output, conditions))
        && held(pipeline).rowBytes() <= MOST_BYTES / LEAST_ROWS;
  }

  private static boolean isKept(Expression output, List<Expression> conditions) {
    return output instanceof ColumnReference column
        && !output.type().equals(DataType.STRING)
        && !output.type().equals(DataType.BOOLEAN)
        && (!output.nullable()
            || conditions.stream().anyMatch(condition -> dropsNulls(condition, column)));
  }

  /** Tells whether a condition is never true where a column is null. */
  private static boolean dropsNulls(Expression condition, ColumnReference column) {
    if (condition instanceof And) {
      return condition.children().stream().anyMatch(part -> dropsNulls(part, column));
    }
    boolean needsValue =
        condition instanceof IsNotNull
            || (condition instanceof Comparison comparison
                && comparison.operator() != Comparison.Operator.NULL_SAFE_EQ);
    return needsValue && condition.children().contains(column);
  }

  private void addFilters(int filters) {
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    kernel.append("void k_countRows() {");
    for (int i = 0; i < filters; i++) {
      int offset = i * StatusArea.COUNTER_BYTES;
      kernel.append("k_count(k_args.counters + %dul, k_rows%d);".formatted(offset, i));
      before.append("uint k_before%1$d = k_rows%1$d; ".formatted(i));
      after.append(" k_rows%1$d = k_before%1$d;".formatted(i));
    }
    kernel.append("}");
    kernel.define("K_READ_ALL", line(held.readAll())).define("K_READ_ONE", line(held.readOne()));
    kernel.define("K_TEST_ALL", "k_row(row%s);".formatted(held.argumentsOfAll()));
    String one = "k_row(row%s);".formatted(held.argumentsOfOne());
    kernel.define("K_TEST_ONE", before + one + after);
  }

  private void addStore(List<Expression> outputs) {
    StringBuilder stored = new StringBuilder();
    for (int i = 0; i < outputs.size(); i++) {
      int column = ((ColumnReference) outputs.get(i)).index();
      stored.append(output.store(i, held.rows().get(column).held() + "[j]", "true"));
    }
    kernel.define("K_STORE", line(stored.toString()));
  }

  /** Puts statements on one line, for a macro. */
  private static String line(String statements) {
    return statements.replace('\n', ' ');
  }

  /** Returns how many rows a workgroup takes at a time. */
  int tileRows() {
    return Workgroups.SIZE * rowsEach;
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }
}
