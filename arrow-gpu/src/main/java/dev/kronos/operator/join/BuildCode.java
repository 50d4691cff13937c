// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.expression.InputRow;
import dev.kronos.operator.join.TableIndex.Slots;
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
  static ShaderSource claim(BuildPlan plan, Slots slots, int rivals, int nulls) {
    KernelText kernel = new KernelText("join/claim");
    kernel.arguments("counters", "claims", "slots", "capacity", "denseBase");
    counter(kernel, "RIVALS", rivals);
    counter(kernel, "NULLS", nulls);
    addKeys(kernel, plan);
    kernel.append("uint k_rivals = 0u;");
    kernel.resource(slots.isDense() ? "join/slot_dense.glsl" : "join/slot_hashed.glsl");
    return kernel.resource("join/claim.glsl").source();
  }

  /** Returns the kernel that finds the least and the greatest key. */
  static ShaderSource extent(BuildPlan plan, int most, int least) {
    KernelText kernel = new KernelText("join/extent").arguments("counters");
    counter(kernel, "MOST", most);
    counter(kernel, "LEAST", least);
    addKeys(kernel, plan);
    return kernel.resource("join/extent.glsl").source();
  }

  private static void counter(KernelText kernel, String name, int index) {
    kernel.define("K_COUNTER_" + name, index * StatusArea.COUNTER_BYTES + "ul");
  }

  /** Adds {@code Keys k_buildKeysAt(uint buildRow)}, which sets {@code k_unmatchable}. */
  private static void addKeys(KernelText kernel, BuildPlan plan) {
    kernel.columns(plan.layouts().size()).resource("pipeline/words.glsl");
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
  }

  /** Returns the kernel that notes where the rows of each slot are. */
  static ShaderSource bounds() {
    return new KernelText("join/bounds")
        .arguments("slots", "capacity", "begins", "ends")
        .resource("join/bounds.glsl")
        .source();
  }
}
