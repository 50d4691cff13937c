// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.expression.Expression;
import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.pipeline.TextRoom;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/** Generates the kernel that evaluates the output columns, of all rows or of listed ones. */
final class ProjectCode {
  /** Flag: rows are taken from the list in {@code rowList}. */
  static final int ROW_LIST = 1;

  private final KernelText kernel;
  private final RowCode rows;

  ProjectCode(FusedPipeline pipeline, OutputCode output) {
    this.rows = new RowCode(pipeline.inputs());
    this.kernel = new KernelText("project/write");
    List<Expression> outputs = pipeline.outputs();
    kernel.arguments("literals", "counters", "rowList").arguments(TextRoom.arguments(outputs));
    kernel.arguments(output.arguments());
    kernel.columns(pipeline.inputs().size()).resource("pipeline/words.glsl");
    output.addFunctions(kernel);
    rows.addRowFunction(kernel, List.of(), outputs, output::storeAll);
    output.addMain(
        kernel,
        """
        %s
        uint row = (root.flags & %du) != 0u ? BufferU32(k_args.rowList).v[k_position] : k_position;
        k_row(row);
        %s
        status_commit(row);
        """
            .formatted(TextRoom.begin(outputs), ROW_LIST, TextRoom.settle(outputs)));
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }
}
