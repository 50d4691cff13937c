// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.column.ColumnLayout;
import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.pipeline.TextRoom;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/** Generates the kernel that evaluates the output columns, of all rows or of selected ones. */
final class ProjectCode {
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
    this.output = new OutputCode(layouts, firstCounter, RowsAtOnce.written(outputs));
    boolean selects = !pipeline.conditions().isEmpty();
    kernel.arguments("literals", "counters").arguments(TextRoom.arguments(outputs));
    kernel.arguments(output.arguments());
    kernel.arguments(selects ? new String[] {"bits", "tiles", "starts"} : new String[0]);
    kernel.columns(pipeline.inputs().size()).resource("pipeline/words.glsl");
    output.addFunctions(kernel);
    kernel.resource(selects ? "project/selected.glsl" : "project/all.glsl");
    if (RowsAtOnce.written(outputs) == 1) {
      addRow();
    } else {
      addColumns();
    }
  }

  /** Returns how many rows a workgroup writes at a time. */
  static int tileRows(FusedPipeline pipeline) {
    return Workgroups.SIZE * RowsAtOnce.written(pipeline.outputs());
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

  private void addColumns() {
    StringBuilder moves = new StringBuilder("k_findRows(tile);\n");
    for (int i = 0; i < outputs.size(); i++) {
      addColumn(i);
      moves.append("k_move" + i + "(tile);\n");
    }
    output.addTiles(kernel, moves.toString());
  }

  private void addColumn(int column) {
    Expression e = outputs.get(column);
    String type = RegisterType.of(e.type()).glslName();
    String value = "K_Value" + column;
    String load = "k_load" + column;
    String store = "k_store" + column;
    kernel.append("struct %s {\n%s value;\nbool isNull;\n};".formatted(value, type));
    rows.addFunction(
        kernel,
        value + " " + load + "(uint row)",
        List.of(e),
        made -> returned(value, made.get(0)));
    String stored = output.store(column, "v.value", e.nullable() ? "!v.isNull" : "true");
    kernel.append("void %s(%s v) {\n%s}".formatted(store, value, stored));
    kernel.define("K_MOVE", "k_move" + column).define("K_VALUE", value);
    kernel.define("K_LOAD", load).define("K_STORE", store).resource("project/move.glsl");
  }

  private static String returned(String type, GlslValue value) {
    return "return %s(%s, %s);".formatted(type, value.value(), value.isNull());
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }
}
