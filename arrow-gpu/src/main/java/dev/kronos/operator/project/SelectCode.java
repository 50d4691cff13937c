// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.TextRoom;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/** Generates the kernel that finds the rows that pass all filters. */
final class SelectCode {
  private final KernelText kernel;
  private final RowCode rows;

  SelectCode(FusedPipeline pipeline) {
    this.rows = new RowCode(pipeline.inputs());
    this.kernel = new KernelText("project/select");
    kernel.arguments("literals", "counters", "bits", "tiles");
    kernel.arguments(TextRoom.arguments(pipeline.conditions())).columns(pipeline.inputs().size());
    kernel.resource("pipeline/words.glsl").append("bool k_selected = false;");
    rows.addRowFunction(kernel, pipeline.conditions(), List.of(), values -> "k_selected = true;\n");
    kernel.append("void k_countRows() {");
    for (int i = 0; i < pipeline.conditions().size(); i++) {
      kernel.append(
          "k_count(k_args.counters + %dul, k_rows%d);".formatted(i * StatusArea.COUNTER_BYTES, i));
    }
    kernel.append("}");
    kernel.define("K_BEGIN", TextRoom.begin(pipeline.conditions()));
    kernel.define("K_SETTLE", TextRoom.settle(pipeline.conditions()));
    kernel.resource("pipeline/select.glsl");
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }
}
