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

/** Generates the kernel that takes the rows of a batch into the state: the one dispatch a batch. */
final class UpdateCode {
  /** Flag: rows are taken from the list in {@code rowList}, and were counted before. */
  static final int ROW_LIST = 1;

  /** Flag: the first half of a sample is taken. */
  static final int SAMPLE = 2;

  /** Flag: the second half of a sample is taken, with SAMPLE. */
  static final int SECOND = 4;

  /** Flag: all rows are taken but those of the sample. */
  static final int REST = 8;

  /** Bit of the flags from which on the logarithm of a sample's stretches lies. */
  static final int SHIFT = 8;

  private final AggregatePlan plan;
  private final RowCode rows;
  private final KernelText kernel;
  private final LocalGroups groups;
  private final RowBlocks blocks;

  UpdateCode(AggregatePlan plan) {
    this.plan = plan;
    this.blocks = new RowBlocks(plan);
    this.rows = new RowCode(blocks.held());
    this.groups = new LocalGroups(plan);
    this.kernel =
        StateCode.kernel(
            "aggregate/update", plan, "rowList", "groupLimit", "deferred", "deferredBase");
    addState();
    blocks.addFunctions(kernel);
    rows.addRowFunction(kernel, plan.pipeline().conditions(), values(), this::sink);
    addMain();
  }

  ShaderSource source() {
    return kernel.source();
  }

  /** Returns how many rows an invocation takes at a time. */
  int rowsAtATime() {
    return blocks.rows();
  }

  LiteralTable literals() {
    return rows.literals();
  }

  /** Adds the functions that evaluate other rows of the batch again. */
  private void addRowFunctions() {
    for (int i = 0; i < plan.accumulators().size(); i++) {
      if (plan.accumulators().get(i) instanceof RowExtreme extreme) {
        kernel.include(List.of("string.glsl"));
        StateWords state = plan.state(i);
        String signature = extreme.register().glslName() + " " + RowExtreme.argumentFunction(state);
        rows.addFunction(
            kernel,
            signature + "(uint row)",
            List.of(extreme.argument()),
            values -> "return " + values.get(0).value() + ";\n");
      }
    }
  }

  private void addState() {
    if (plan.sumsFloats()) {
      kernel.resource("aggregate/parts.glsl");
    }
    if (plan.floatSums() > 0 && !plan.grouped()) {
      kernel.define("K_FLOAT_SUMS", plan.floatSums());
      kernel.resource("aggregate/window.glsl").resource("aggregate/narrow.glsl");
    }
    if (plan.grouped()) {
      plan.keyWords().addCode(kernel);
      rows.addFunction(
          kernel,
          "Keys k_keysAt(uint row)",
          plan.keys(),
          values -> plan.keyWords().make(values) + "return key;\n");
      kernel.resource("aggregate/table.glsl");
      groups.addCode(kernel);
    } else {
      kernel.resource("aggregate/reduce.glsl");
    }
    addRowFunctions();
    for (int i = 0; i < plan.accumulators().size(); i++) {
      Accumulator accumulator = plan.accumulators().get(i);
      if (accumulator instanceof RowExtreme extreme) {
        kernel.append(extreme.offerFunction(plan.state(i)));
      }
      if (!plan.grouped()) {
        kernel.append(accumulator.declare(plan.state(i)));
      }
    }
    for (int word = 0; word < plan.seenWords() && !plan.grouped(); word++) {
      kernel.append("uint k_seen" + word + " = 0u;");
    }
  }

  private List<Expression> values() {
    List<Expression> values = new ArrayList<>(plan.keys());
    plan.accumulators().forEach(accumulator -> values.addAll(accumulator.evaluated()));
    return values;
  }

  private String sink(List<GlslValue> values) {
    String updates = updates(values.subList(plan.keys().size(), values.size()));
    if (!plan.grouped()) {
      return updates;
    }
    return plan.keyWords().make(values.subList(0, plan.keys().size()))
        + "uint slot = k_findSlot(key, row);\n"
        + "if (slot == K_NO_SLOT) {\nk_defer(row);\n} else {\n"
        + groups.find()
        + updates
        + "}\n";
  }

  private String updates(List<GlslValue> arguments) {
    StringBuilder text = new StringBuilder();
    int next = 0;
    for (int i = 0; i < plan.accumulators().size(); i++) {
      Accumulator accumulator = plan.accumulators().get(i);
      int end = next + accumulator.evaluated().size();
      List<GlslValue> evaluated = arguments.subList(next, end);
      next = end;
      GlslValue argument = accumulator.argument() == null ? null : evaluated.get(0);
      boolean maybeNull = argument != null && !argument.neverNull();
      text.append(maybeNull ? "if (!" + argument.isNull() + ") {\n" : "{\n");
      if (plan.grouped()) {
        text.append(groups.update(i, evaluated));
      } else {
        text.append(seen(i)).append(accumulator.gather(plan.state(i), evaluated));
      }
      text.append("}\n");
    }
    return text.toString();
  }

  private String seen(int accumulator) {
    int word = plan.seenWord(accumulator);
    return word < 0 ? "" : "k_seen%d |= %su;\n".formatted(word, plan.seenMask(accumulator));
  }

  private void addMain() {
    if (plan.grouped()) {
      kernel.define("K_ROW_LIST", ROW_LIST + "u");
      kernel.define("K_SAMPLE", SAMPLE + "u");
      kernel.define("K_SECOND", SECOND + "u");
      kernel.define("K_REST", REST + "u");
      kernel.define("K_SHIFT", SHIFT + "u");
      kernel.define("K_PIECE_SHIFT", RowSample.PIECE_SHIFT + "u");
      kernel.resource("aggregate/rows.glsl");
    }
    kernel.append(
        """
        void main() {
          %s
          %s\
        """
            .formatted(begin(), plan.grouped() ? listedRows() : blocks.loops()));
    for (int i = 0; i < plan.pipeline().conditions().size(); i++) {
      kernel.append(
          "k_count(k_args.counters + K_COUNTER_FILTERS + %dul, (root.flags & %du) != 0u ? 0u : k_rows%d);"
              .formatted(i * 8, ROW_LIST, i));
    }
    if (plan.grouped()) {
      kernel.append(groups.end());
    } else {
      addPublication();
    }
    kernel.append("}");
  }

  private static String listedRows() {
    return """
        for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
          uint row = k_rowAt(i);
          if (row == K_NO_ROW) {
            continue;
          }
          k_row(row);
          status_commit(row);
        }
        """;
  }

  private String begin() {
    if (plan.grouped()) {
      return "k_tableBegin();\n" + groups.begin();
    }
    return plan.floatSums() > 0 ? "k_floatClear();" : "";
  }

  private void addPublication() {
    kernel.append("bool k_first = gl_LocalInvocationID.x == 0u;");
    for (int word = 0; word < plan.seenWords(); word++) {
      kernel.append("k_reduceOr(k_seen" + word + ");");
      kernel.append(
          "if (k_first) { k_mark(K_STATE(%du, 0u), uint64_t(k_seen%d)); }"
              .formatted(plan.firstSeenWord() + word, word));
    }
    for (int i = 0; i < plan.accumulators().size(); i++) {
      kernel.append(plan.accumulators().get(i).publish(plan.state(i)));
    }
  }
}
