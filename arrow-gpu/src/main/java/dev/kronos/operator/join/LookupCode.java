// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.expression.GlslValue;
import java.util.List;

/** Writes what the look-up of a probe row's keys leads to. */
final class LookupCode {
  private final JoinPlan plan;

  LookupCode(JoinPlan plan) {
    this.plan = plan;
  }

  /** Returns the statements that decide whether a probe row comes out, in k_selected. */
  String sink(List<GlslValue> keys) {
    StringBuilder text = new StringBuilder();
    text.append("bool unmatchable = ").append(plan.build().unmatchable(keys)).append(";\n");
    text.append("uint match = K_NONE;\n").append(search(keys));
    if (plan.hasCondition()) {
      text.append("if (match != K_NONE && !k_meets(row, match)) {\nmatch = K_NONE;\n}\n");
    }
    return text.append("if (k_error == 0u) {\n").append(decision()).append("}\n").toString();
  }

  /** Returns the statements that find a row's only match, or any slot where that is enough. */
  private String search(List<GlslValue> keys) {
    if (!plan.hasKeys()) {
      return "if (k_args.buildRows != 0ul) {\nmatch = 0u;\n}\n";
    }
    String found = plan.isUnique() ? "BufferU32(k_args.claims).v[slot] - 1u" : "slot";
    return "if (!unmatchable) {\n"
        + plan.build().keyCode().make(keys)
        + "uint slot = k_find(key);\nif (slot != K_NONE) {\nmatch = "
        + found
        + ";\n}\n}\n";
  }

  private String decision() {
    StringBuilder text = new StringBuilder("bool matched = match != K_NONE;\n");
    if (plan.marksBuild()) {
      text.append("if (matched) {\nk_markRow(k_args.buildMarks, match);\n}\n");
    }
    if (plan.marksProbe()) {
      text.append("if (matched) {\nk_markRow(k_args.probeMarks, row);\n}\n");
    }
    if (!plan.spec().type().keepsLeftOnly()) {
      text.append("BufferU32(k_args.firsts).v[row] = match;\n");
    }
    text.append("k_selected = ").append(selected()).append(";\n");
    return text.append("k_selections += uint(k_selected);\n").toString();
  }

  private String selected() {
    if (plan.spec().keepsBuildOnly()) {
      return "false";
    }
    return switch (plan.spec().type()) {
      case INNER, LEFT_OUTER, RIGHT_OUTER, FULL_OUTER -> plan.extendsProbe() ? "true" : "matched";
      case LEFT_SEMI -> "matched";
      case LEFT_ANTI -> "!matched";
      // A null is not in an empty list, and nobody knows whether it is in another.
      case NULL_AWARE_ANTI -> "!matched && (!unmatchable || k_args.buildRows == 0ul)";
      case EXISTENCE -> "true";
    };
  }

  /** Returns the statements that set k_first and k_candidates of a probe row. */
  String countSink(List<GlslValue> keys) {
    StringBuilder text = new StringBuilder("k_first = K_NONE;\n");
    if (plan.hasKeys()) {
      text.append("if (!(").append(plan.build().unmatchable(keys)).append(")) {\n");
      text.append(plan.build().keyCode().make(keys));
      text.append("uint slot = k_find(key);\nif (slot != K_NONE) {\n");
      text.append("k_first = BufferU32(k_args.begins).v[slot];\n");
      text.append("k_candidates = uint64_t(BufferU32(k_args.ends).v[slot] - k_first);\n}\n}\n");
    } else {
      text.append("k_first = 0u;\nk_candidates = k_args.buildRows;\n");
    }
    if (plan.extendsProbe()) {
      text.append(
          plan.hasCondition() ? "k_candidates++;\n" : "k_candidates = max(k_candidates, 1ul);\n");
    }
    return text.toString();
  }
}
