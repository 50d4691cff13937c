// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.expression.InputRow;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.KeyCode;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.Collections;

/** Generates the kernels that index a build table. */
final class BuildCode {
  private BuildCode() {}

  /** Returns the kernel that finds a slot for each row. */
  static ShaderSource claim(BuildPlan plan, int rivals, int nulls) {
    KernelText kernel = new KernelText("join/claim");
    kernel.arguments("counters", "claims", "slots", "capacity").columns(plan.layouts().size());
    kernel.define("K_COUNTER_RIVALS", rivals * StatusArea.COUNTER_BYTES + "ul");
    kernel.define("K_COUNTER_NULLS", nulls * StatusArea.COUNTER_BYTES + "ul");
    kernel.resource("pipeline/words.glsl");
    KeyCode keys = plan.keyCode();
    keys.addCode(kernel);
    InputRow row = new InputRow("buildRow", "false");
    new RowCode(plan.layouts(), Collections.nCopies(plan.layouts().size(), row))
        .addFunction(
            kernel.append("bool k_unmatchable = false;"),
            "Keys k_buildKeysAt(uint buildRow)",
            plan.keys(),
            values ->
                "k_unmatchable = %s;\n".formatted(plan.unmatchable(values))
                    + keys.make(values)
                    + "return key;\n");
    return kernel.resource("join/claim.glsl").source();
  }

  /** Returns the kernel that notes where the rows of each slot are. */
  static ShaderSource bounds() {
    return new KernelText("join/bounds")
        .arguments("slots", "capacity", "begins", "ends")
        .resource("join/bounds.glsl")
        .source();
  }
}
