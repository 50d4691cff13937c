// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.pipeline.TextRoom;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Generates the kernel that evaluates the output columns, of all rows or of selected ones. */
final class ProjectCode {
  /** Rows that an invocation moves: so many loads are under way at once. */
  private static final int MOVED_ROWS = 4;

  /** Words of a row of which an invocation holds several in registers. */
  private static final int MOVED_WORDS = 8;

  private final KernelText kernel = new KernelText("project/write");
  private final List<Expression> outputs;
  private final OutputCode output;
  private final RowCode rows;

  /**
   * Generates a kernel.
   *
   * @param firstCounter of {@link OutputCode}
   */
  ProjectCode(FusedPipeline pipeline, List<ColumnLayout> layouts, int firstCounter) {
    this.outputs = pipeline.outputs();
    this.rows = new RowCode(pipeline.inputs());
    this.output = new OutputCode(layouts, firstCounter, rowsEach(outputs));
    boolean selects = !pipeline.conditions().isEmpty();
    kernel.arguments("literals", "counters").arguments(TextRoom.arguments(outputs));
    kernel.arguments(output.arguments());
    kernel.arguments(selects ? new String[] {"bits", "tiles", "starts"} : new String[0]);
    kernel.columns(pipeline.inputs().size()).resource("pipeline/words.glsl");
    output.addFunctions(kernel);
    kernel.resource(selects ? "project/selected.glsl" : "project/all.glsl");
    if (rowsEach(outputs) == 1) {
      addRow();
    } else {
      addRows();
    }
  }

  private static int rowsEach(List<Expression> outputs) {
    int words = outputs.stream().mapToInt(e -> RegisterType.of(e.type()).words()).sum();
    boolean moved = words > 0 && outputs.stream().allMatch(ProjectCode::isMoved);
    return moved && words <= MOVED_WORDS ? MOVED_ROWS : 1;
  }

  /** Tells whether an expression is a value of fixed width as it lies in a column, or null. */
  private static boolean isMoved(Expression e) {
    boolean moves =
        e instanceof ColumnReference
            || e instanceof Literal
            || e instanceof IsNull
            || e instanceof CaseWhen;
    return moves
        && !e.type().equals(DataType.STRING)
        && e.children().stream().allMatch(ProjectCode::isMoved);
  }

  /** Returns how many rows a workgroup writes at a time. */
  static int tileRows(FusedPipeline pipeline) {
    return Workgroups.SIZE * rowsEach(pipeline.outputs());
  }

  private void addRow() {
    rows.addRowFunction(kernel, List.of(), outputs, output::storeAll);
    output.addTiles(
        kernel,
        """
        %s
        k_findRows(tile);
        if (k_position < root.count) {
          uint row = k_rowAt(tile, gl_LocalInvocationID.x);
          k_row(row);
          %s
          status_commit(row);
        }
        """
            .formatted(TextRoom.begin(outputs), TextRoom.settle(outputs)));
  }

  private void addRows() {
    kernel.append("struct K_Row {");
    for (int i = 0; i < outputs.size(); i++) {
      String type = RegisterType.of(outputs.get(i).type()).glslName();
      kernel.append("%s value%d;\nbool isNull%d;".formatted(type, i, i));
    }
    kernel.append("};");
    rows.addFunction(kernel, "K_Row k_load(uint row)", outputs, ProjectCode::made);
    kernel.append("void k_store(K_Row row) {\n" + output.storeAll(held()) + "}");
    kernel.resource("project/move.glsl");
    output.addTiles(kernel, "k_findRows(tile);\nk_moveRows(tile);\n");
  }

  private static String made(List<GlslValue> values) {
    List<String> parts = new ArrayList<>();
    values.forEach(value -> parts.addAll(List.of(value.value(), value.isNull())));
    return "return K_Row(" + String.join(", ", parts) + ");";
  }

  private List<GlslValue> held() {
    return IntStream.range(0, outputs.size())
        .mapToObj(
            i -> {
              Expression e = outputs.get(i);
              String isNull = e.nullable() ? "row.isNull" + i : "false";
              return new GlslValue("row.value" + i, isNull, e.type());
            })
        .toList();
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }
}
