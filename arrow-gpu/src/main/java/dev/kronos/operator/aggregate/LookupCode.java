// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.vulkan.spirv.ShaderSource;

/** Generates the kernel that writes for each row of a batch the results of its group. */
final class LookupCode {
  private final RowCode rows;
  private final KernelText kernel;

  LookupCode(AggregatePlan plan, OutputCode output) {
    this.rows = new RowCode(plan.pipeline().inputs());
    this.kernel =
        StateCode.kernel("aggregate/lookup", plan, "groupLimit", "deferred", "deferredBase");
    kernel.arguments(output.arguments());
    plan.keyWords().addCode(kernel);
    rows.addFunction(
        kernel,
        "Keys k_keysAt(uint row)",
        plan.keys(),
        values -> plan.keyWords().make(values) + "return key;\n");
    kernel.resource("aggregate/table.glsl");
    output.addFunctions(kernel);
    output.addMain(kernel, row(plan, output));
  }

  /** A key that no batch had is not claimed, for the limit of groups is 0; its results are null. */
  private static String row(AggregatePlan plan, OutputCode output) {
    StringBuilder text = new StringBuilder();
    text.append("uint slot = k_findSlot(k_keysAt(k_position), k_position);\n");
    text.append("if (slot != K_NO_SLOT) {\n");
    for (int call = 0; call < plan.spec().calls().size(); call++) {
      text.append(EmitCode.result(plan, call));
      text.append(output.store(call, "result", "valid")).append("}\n");
    }
    return text.append("}\n").toString();
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }
}
