// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.TextRoom;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;
import java.util.Optional;

/** Generates the kernel that finds the rows that pass all filters. */
final class SelectCode {
  /** Rows that an invocation of {@code select.glsl} takes at a time. */
  private static final int ROWS_EACH = 8;

  private final KernelText kernel = new KernelText("project/select");
  private final FusedPipeline pipeline;
  private final RowCode rows;
  private final int rowsEach;

  SelectCode(FusedPipeline pipeline) {
    this.pipeline = pipeline;
    this.rows = new RowCode(pipeline.inputs());
    kernel.arguments("literals", "counters", "bits", "tiles");
    kernel.arguments(TextRoom.arguments(pipeline.conditions())).columns(pipeline.inputs().size());
    kernel.resource("pipeline/words.glsl");
    ConditionBits bits = new ConditionBits(pipeline.inputs());
    List<Optional<String>> words = pipeline.conditions().stream().map(bits::of).toList();
    boolean known = words.stream().allMatch(Optional::isPresent);
    this.rowsEach = known ? Integer.SIZE : ROWS_EACH;
    if (known) {
      addWords(words.stream().flatMap(Optional::stream).toList());
    } else {
      addRows();
    }
  }

  private void addWords(List<String> conditions) {
    kernel.resource("project/bits.glsl");
    StringBuilder text = new StringBuilder("uint selected = k_existing(word);\n");
    for (int i = 0; i < conditions.size(); i++) {
      kernel.append("uint k_rows" + i + " = 0u;");
      text.append("selected &= %s;\n".formatted(conditions.get(i)));
      text.append("k_rows%d += uint(bitCount(selected));\n".formatted(i));
    }
    kernel.append("uint k_word(uint word) {\n" + text + "return selected;\n}");
    addCounters();
    kernel.resource("project/mask.glsl");
  }

  private void addRows() {
    kernel.append("bool k_selected = false;");
    rows.addRowFunction(kernel, pipeline.conditions(), List.of(), values -> "k_selected = true;\n");
    addCounters();
    kernel.define("K_BEGIN", TextRoom.begin(pipeline.conditions()));
    kernel.define("K_SETTLE", TextRoom.settle(pipeline.conditions()));
    if (RowsAtOnce.tested(pipeline.conditions())) {
      kernel.define("K_SHORT", 1);
    }
    kernel.resource("pipeline/select.glsl");
  }

  private void addCounters() {
    kernel.append("void k_countRows() {");
    for (int i = 0; i < pipeline.conditions().size(); i++) {
      kernel.append(
          "k_count(k_args.counters + %dul, k_rows%d);".formatted(i * StatusArea.COUNTER_BYTES, i));
    }
    kernel.append("}");
  }

  /** Returns how many workgroups a number of rows keeps busy. */
  int workgroups(int rows) {
    return Workgroups.forRows((rows - 1) / rowsEach + 1);
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }
}
