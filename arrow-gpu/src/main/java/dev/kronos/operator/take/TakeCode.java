// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.take;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/**
 * Generates the kernel that reads rows by their indices. Columns of its arguments: the values, then
 * the indices, nullable and with validity bits.
 */
final class TakeCode {
  private final List<ColumnLayout> values;
  private final OutputCode output;
  private final KernelText kernel = new KernelText("take/rows");

  TakeCode(List<ColumnLayout> values, DataType indices, OutputCode output) {
    this.values = values;
    this.output = output;
    kernel.arguments("counters", "valueRows").arguments(output.arguments());
    kernel.columns(values.size() + 1).resource("pipeline/words.glsl");
    output.addFunctions(kernel);
    new RowCode(values)
        .addRowFunction(kernel, List.of(), ColumnReference.toAll(values), output::storeAll);
    kernel.append("void k_noRow() {\n" + nulls() + "}");
    kernel.define("K_INDEX_TYPE", RegisterType.of(indices).glslName());
    kernel.define("K_INDEX_LOAD", "column_load_" + suffix(indices));
    kernel.define("K_INDEX_COLUMN", "k_args.columns[" + values.size() + "]");
    kernel.resource("take/index.glsl");
    output.addMain(kernel, "k_take();\nstatus_commit(k_position);\n");
  }

  private static String suffix(DataType indices) {
    return switch (indices.kind()) {
      case INT8 -> "i8";
      case INT16 -> "i16";
      case INT32 -> "i32";
      case INT64 -> "i64";
      default -> throw new IllegalArgumentException("not an index: type=" + indices);
    };
  }

  private String nulls() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      text.append(output.store(i, RegisterType.of(values.get(i).type()).zero(), "false"));
    }
    return text.toString();
  }

  ShaderSource source() {
    return kernel.source();
  }
}
