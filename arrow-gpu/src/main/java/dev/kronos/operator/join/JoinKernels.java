// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.operator.pipeline.AheadPipeline;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.SelectedRows;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/** Lists the kernels that joins and their tables need. */
final class JoinKernels {
  private JoinKernels() {}

  /**
   * Says what a join is compiled for.
   *
   * @param isUnique whether no key of the table has several rows
   * @param isDense whether keys number the slots of the table
   */
  record Variant(JoinSpec spec, boolean isUnique, boolean isDense) {
    static Variant of(JoinSpec spec, BuildTable table) {
      return new Variant(spec, table.isUnique(), table.index().slots().isDense());
    }
  }

  /** Returns the kernels of a join. */
  static List<ShaderSource> of(Variant variant) {
    JoinSpec spec = variant.spec;
    AheadPipeline before = JoinAhead.of(spec);
    List<ShaderSource> sources = new ArrayList<>();
    if (before != null) {
      sources.addAll(ProjectBatch.kernels(before.pipeline()));
      spec = JoinAhead.rest(spec, before);
    }
    BuildPlan build = new BuildPlan(spec.build());
    JoinPlan plan = new JoinPlan(spec, build, variant.isUnique, variant.isDense);
    sources.add(SelectedRows.kernel());
    sources.addAll(plan.isByRow() ? ofRows(plan) : ofPairs(plan));
    return sources;
  }

  private static List<ShaderSource> ofRows(JoinPlan plan) {
    List<JoinCode> codes = new ArrayList<>();
    codes.add(JoinCode.lookup(plan));
    if (!plan.spec().keepsBuildOnly()) {
      codes.add(writeRows(plan));
    }
    return sources(codes);
  }

  private static List<ShaderSource> ofPairs(JoinPlan plan) {
    List<JoinCode> codes = new ArrayList<>(List.of(JoinCode.count(plan), JoinCode.tileRows(plan)));
    boolean byMarks = plan.spec().keepsProbeOnly();
    if (plan.triesCandidates()) {
      codes.add(JoinCode.match(plan));
    }
    if (byMarks) {
      codes.add(marked(plan));
    }
    if (!plan.spec().keepsBuildOnly()) {
      codes.add(byMarks ? writeRows(plan) : writePairs(plan));
    }
    return sources(codes);
  }

  private static List<ShaderSource> sources(List<JoinCode> codes) {
    return codes.stream().map(JoinCode::source).toList();
  }

  /** Returns the kernel that writes columns of probe rows, with the one row that each matches. */
  static JoinCode writeRows(JoinPlan plan) {
    return JoinCode.writeRows(plan, output(plan));
  }

  /** Returns the kernel that writes columns of pairs. */
  static JoinCode writePairs(JoinPlan plan) {
    return JoinCode.writePairs(plan, output(plan));
  }

  private static OutputCode output(JoinPlan plan) {
    return new OutputCode(plan.spec().outputLayouts(), JoinCode.characters(plan));
  }

  /** Returns the kernel that selects probe rows, once all candidates were tried. */
  static JoinCode marked(JoinPlan plan) {
    return JoinCode.marked(plan, "marked", selects(plan));
  }

  /** Returns the condition under which a probe row is kept. */
  private static String selects(JoinPlan plan) {
    String passed = "BufferU32(k_args.firsts).v[row] != K_FILTERED";
    return switch (plan.spec().type()) {
      case LEFT_SEMI -> passed + " && k_isMarked(k_args.probeMarks, row)";
      case LEFT_ANTI -> passed + " && !k_isMarked(k_args.probeMarks, row)";
      default -> passed;
    };
  }

  /** Returns the kernels of a build side; keys that may number slots may turn out not to. */
  static List<ShaderSource> of(BuildSpec spec) {
    BuildPlan plan = new BuildPlan(spec);
    List<ShaderSource> sources = new ArrayList<>();
    if (!plan.takesBatches()) {
      sources.addAll(ProjectBatch.kernels(plan.pipeline()));
    }
    if (!plan.keys().isEmpty()) {
      sources.addAll(IndexBuilder.kernels(plan));
    }
    return sources;
  }
}
