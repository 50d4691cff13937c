// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.KeyCode;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;
import java.util.function.Function;

/**
 * Generates one kernel of a join. All of them have the same arguments, of which each uses some:
 *
 * <pre>
 *   literals, counters     as everywhere
 *   claims ... capacity    of TableIndex
 *   buildRows, probeRows   rows of the table and of the batch
 *   firsts                 for each probe row its build row, or the place of its first candidate
 *   offsets                for each probe row the number of its first candidate
 *   probeMarks, buildMarks a bit a row: has a match
 *   tileRows               for each tile of candidates of a piece the probe row of its first one
 *   bits, tiles            a bit for each row or candidate that is selected, and how many a tile
 *   list                   the numbers of the selected ones, or 0 for all
 *   base                   number of the first candidate, or place in the list, of the piece
 * </pre>
 */
final class JoinCode {
  /** Counts what was selected. */
  static final int SELECTED = 0;

  /** First of the counters of rows that passed filters, then those of characters. */
  static final int FILTERS = 1;

  /** Flag: what was met is known, only rows of nulls are to be decided. */
  static final int NULLS_ONLY = 1;

  private final JoinPlan plan;
  private final RowCode rows;
  private final KernelText kernel;

  /** Returns the first of the counters of characters. */
  static int characters(JoinPlan plan) {
    return FILTERS + plan.probe().conditions().size();
  }

  private JoinCode(JoinPlan plan, String name, RowCode rows, String... outputArguments) {
    this.plan = plan;
    this.rows = rows;
    this.kernel = new KernelText("join/" + name);
    kernel.arguments("literals", "counters").arguments(TableIndex.ARGUMENTS);
    kernel.arguments("buildRows", "probeRows", "firsts", "offsets", "probeMarks", "buildMarks");
    kernel.arguments("tileRows", "bits", "tiles", "list", "base").arguments(outputArguments);
    kernel.columns(plan.layouts().size()).resource("pipeline/words.glsl");
    kernel.define(
        "K_BUILD_ROW(place)", plan.hasKeys() ? "BufferU32(k_args.listed).v[place]" : "(place)");
    if (plan.extendsProbe() && plan.hasCondition()) {
      kernel.define("K_NULLS_LAST", 1);
    }
    kernel.resource("join/marks.glsl");
  }

  /** Starts a kernel whose functions see a probe row and a build row. */
  static JoinCode pairs(JoinPlan plan, String name, String... outputArguments) {
    RowCode rows = new RowCode(plan.layouts(), plan.rows("false", "row"));
    return new JoinCode(plan, name, rows, outputArguments);
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }

  KernelText kernel() {
    return kernel;
  }

  /** Adds {@code uint k_find(Keys key)}, where there are keys. */
  private void addFind() {
    if (!plan.hasKeys()) {
      return;
    }
    KeyCode keys = plan.build().keyCode();
    keys.addCode(kernel);
    rows.addFunction(
        kernel,
        "Keys k_buildKeysAt(uint buildRow)",
        plan.buildKeys(),
        values -> keys.make(values) + "return key;\n");
    kernel.resource(plan.isDense() ? "join/find_dense.glsl" : "join/find.glsl");
  }

  /** Adds {@code bool k_meets(uint row, uint buildRow)}, where there is a condition. */
  private void addCondition() {
    if (plan.hasCondition()) {
      rows.addFunction(
          kernel,
          "bool k_meets(uint row, uint buildRow)",
          List.of(plan.condition()),
          values -> "return " + isTrue(values.get(0)) + ";\n");
    }
  }

  private static String isTrue(GlslValue value) {
    return value.neverNull() ? value.value() : "!" + value.isNull() + " && " + value.value();
  }

  /** Adds {@code void k_countRows()}, which publishes what invocations counted. */
  private void addCounts(boolean filters) {
    kernel.append("void k_countRows() {");
    kernel.append("k_count(k_args.counters + %dul, k_selections);".formatted(counter(SELECTED)));
    for (int i = 0; filters && i < plan.probe().conditions().size(); i++) {
      kernel.append(
          "k_count(k_args.counters + %dul, k_rows%d);".formatted(counter(FILTERS + i), i));
    }
    kernel.append("}");
  }

  private static int counter(int index) {
    return index * StatusArea.COUNTER_BYTES;
  }

  private void addSelection() {
    kernel.append("bool k_selected = false;\nuint k_selections = 0u;");
  }

  /** Makes the kernel that decides of each probe row whether it comes out. */
  static JoinCode lookup(JoinPlan plan) {
    JoinCode code = pairs(plan, "lookup");
    code.addFind();
    code.addCondition();
    code.addSelection();
    code.addRowFunction(new LookupCode(plan)::sink);
    code.addCounts(true);
    code.kernel.resource("pipeline/select.glsl");
    return code;
  }

  /** Makes the kernel that counts the candidates of each probe row. */
  static JoinCode count(JoinPlan plan) {
    JoinCode code = pairs(plan, "count");
    code.addFind();
    code.kernel.append("uint k_first = 0u;\nuint64_t k_candidates = 0ul;\nuint k_selections = 0u;");
    code.addRowFunction(new LookupCode(plan)::countSink);
    code.addCounts(true);
    code.kernel.resource("join/count.glsl");
    return code;
  }

  private void addRowFunction(Function<List<GlslValue>, String> sink) {
    List<Expression> keys = plan.probeKeys();
    rows.addRowFunction(kernel, plan.probe().conditions(), keys, sink);
  }

  /** Makes the kernel that finds the rows at which tiles of candidates start. */
  static JoinCode tileRows(JoinPlan plan) {
    JoinCode code = pairs(plan, "tileRows");
    code.kernel.resource("join/candidates.glsl").resource("join/tile_rows.glsl");
    return code;
  }

  /** Makes the kernel that tries candidates. */
  static JoinCode match(JoinPlan plan) {
    JoinCode code = pairs(plan, "match");
    code.addCondition();
    code.addSelection();
    code.kernel.resource("join/candidates.glsl");
    code.kernel.define(
        "K_MEETS(pair)", plan.hasCondition() ? "k_meets(pair.row, pair.buildRow)" : "true");
    code.kernel.define("K_MARKS_PROBE", plan.marksProbe());
    code.kernel.define("K_MARKS_BUILD", plan.marksBuild());
    code.kernel.define("K_SELECTS_NULLS", !plan.hasCondition());
    code.kernel.define("K_NULLS_ONLY", NULLS_ONLY + "u");
    code.kernel.resource("join/match.glsl");
    code.addCounts(false);
    code.kernel.resource("pipeline/select.glsl");
    return code;
  }

  /** Makes the kernel that selects rows by their marks. */
  static JoinCode marked(JoinPlan plan, String name, String selects) {
    JoinCode code = pairs(plan, name);
    code.addSelection();
    code.kernel.append(
        "void k_row(uint row) {\nk_selected = %s;\nk_selections += uint(k_selected);\n}"
            .formatted(selects));
    code.addCounts(false);
    code.kernel.resource("pipeline/select.glsl");
    return code;
  }

  /** Makes the kernel that writes rows of pairs. */
  static JoinCode writePairs(JoinPlan plan, OutputCode output) {
    RowCode rows = new RowCode(plan.layouts(), plan.rows(absent(plan), "row"));
    JoinCode code = new JoinCode(plan, "pairs", rows, output.arguments());
    code.kernel.resource("join/candidates.glsl");
    code.addOutput(output, plan.outputs());
    String marking =
        plan.extendsBuild() && !plan.triesCandidates()
            ? "if (pair.buildRow != K_NONE) {\nk_markRow(k_args.buildMarks, pair.buildRow);\n}\n"
            : "";
    output.addMain(
        code.kernel,
        """
        uint64_t candidate = k_args.base + uint64_t(k_listed(k_position));
        K_Pair pair = k_pairOf(candidate);
        %sk_out(pair.row, pair.buildRow);
        status_commit(pair.row);
        """
            .formatted(marking));
    return code;
  }

  /** Makes the kernel that writes listed probe rows, with their build row where there is one. */
  static JoinCode writeRows(JoinPlan plan, OutputCode output) {
    RowCode rows = new RowCode(plan.layouts(), plan.rows(absent(plan), "row"));
    JoinCode code = new JoinCode(plan, "rows", rows, output.arguments());
    code.addOutput(output, plan.outputs());
    output.addMain(
        code.kernel,
        """
        uint row = k_listed(k_position + uint(k_args.base));
        k_out(row, %s);
        status_commit(row);
        """
            .formatted(plan.spec().keepsProbeOnly() ? "0u" : "BufferU32(k_args.firsts).v[row]"));
    return code;
  }

  /** Makes the kernel that writes listed build rows alone. */
  static JoinCode writeBuild(JoinPlan plan, OutputCode output) {
    RowCode rows = new RowCode(plan.layouts(), plan.rows("false", "buildRow"));
    JoinCode code = new JoinCode(plan, "build", rows, output.arguments());
    code.addOutput(output, plan.buildOutputs());
    output.addMain(
        code.kernel,
        """
        uint row = k_listed(k_position + uint(k_args.base));
        k_out(0u, row);
        status_commit(row);
        """);
    return code;
  }

  /** Makes the kernel that selects build rows by their marks. */
  static JoinCode markedBuild(JoinPlan plan) {
    boolean wanted = plan.spec().type() == JoinType.LEFT_SEMI;
    String marked = "k_isMarked(k_args.buildMarks, row)";
    return marked(plan, "markedBuild", wanted ? marked : "!" + marked);
  }

  private static String absent(JoinPlan plan) {
    return plan.extendsProbe() ? "(buildRow == K_NONE)" : "false";
  }

  private void addOutput(OutputCode output, List<Expression> columns) {
    output.addFunctions(kernel);
    kernel.append(
        "uint k_listed(uint i) {\n"
            + "return k_args.list == 0ul ? i : BufferU32(k_args.list).v[i];\n}");
    rows.addFunction(
        kernel,
        "void k_out(uint row, uint buildRow)",
        columns,
        values -> "if (k_error == 0u) {\n" + output.storeAll(values) + "}\n");
  }
}
