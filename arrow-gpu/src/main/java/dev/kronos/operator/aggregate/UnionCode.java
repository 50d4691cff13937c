// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Generates the kernel that unites the Bloom filters of a batch: an invocation takes one word of a
 * slice of the rows. Rows that fail have failed before.
 */
final class UnionCode {
  private final AggregatePlan plan;
  private final List<Integer> unions;
  private final RowCode rows;
  private final KernelText kernel;

  UnionCode(AggregatePlan plan) {
    this.plan = plan;
    this.unions = plan.unions();
    this.rows = new RowCode(plan.pipeline().inputs());
    this.kernel = StateCode.kernel("aggregate/unite", plan, "rows", "sliceRows", "words");
    kernel.append("uint k_word = 0u;");
    List<Expression> filters = new ArrayList<>();
    for (int index : unions) {
      kernel.append("uint64_t " + union(index).bits(plan.state(index)) + " = 0ul;");
      filters.add(union(index).argument());
    }
    rows.addRowFunction(kernel, plan.pipeline().conditions(), filters, this::take);
    addMain();
  }

  /** Returns the most words that a filter of the plan has. */
  static int words(AggregatePlan plan) {
    return plan.unions().stream()
        .mapToInt(i -> ((BloomUnion) plan.accumulators().get(i)).head().words())
        .max()
        .orElse(0);
  }

  private BloomUnion union(int index) {
    return (BloomUnion) plan.accumulators().get(index);
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }

  private String take(List<GlslValue> filters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < unions.size(); i++) {
      GlslValue filter = filters.get(i);
      String take = union(unions.get(i)).take(plan.state(unions.get(i)), filter.value());
      text.append(filter.neverNull() ? take : "if (!" + filter.isNull() + ") {\n" + take + "}\n");
    }
    return text.toString();
  }

  private void addMain() {
    StringBuilder clear = new StringBuilder();
    StringBuilder unite = new StringBuilder();
    for (int index : unions) {
      clear.append(union(index).bits(plan.state(index))).append(" = 0ul;\n");
      unite.append(union(index).unite(plan.state(index)));
    }
    kernel.append(
        """
        void main() {
          for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
            k_word = i %% uint(k_args.words);
            uint first = i / uint(k_args.words) * uint(k_args.sliceRows);
            uint end = min(first + uint(k_args.sliceRows), uint(k_args.rows));
            %s
            for (uint row = first; row < end; row++) {
              k_row(row);
            }
            %s
          }
        }\
        """
            .formatted(clear, unite));
  }
}
