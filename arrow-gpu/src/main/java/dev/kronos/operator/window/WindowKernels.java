// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.Kronos;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Kernels;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the kernels of a plan, made once for all runs of an operator. Immutable.
 *
 * @param plan what they are for
 * @param partitions marks the first rows of partitions
 * @param peers marks the first rows of groups of peers
 * @param places lists marked rows
 * @param addends takes values apart to be summed; null where there are none
 * @param tiles add up tiles of floating point numbers
 * @param levels make levels of trees, one for each tree
 * @param ranges find frames by values, one set for each
 * @param emits write results, one for each slice of them
 */
record WindowKernels(
    WindowPlan plan,
    Kernel partitions,
    Kernel peers,
    Kernel places,
    Kernel addends,
    List<Kernel> tiles,
    List<Kernel> levels,
    List<FrameRanges.Finders> ranges,
    List<Kernel> emits) {

  /** Compiles the kernels, or finds them compiled. */
  static WindowKernels of(Kronos kronos, WindowPlan plan) {
    Kernels kernels = kronos.kernels();
    return new WindowKernels(
        plan,
        kernels.compile(partitionMarks(plan)),
        kernels.compile(peerMarks(plan)),
        kernels.compile(WindowCode.places()),
        hasAddends(plan) ? kernels.compile(WindowCode.addends(plan)) : null,
        tileSources(plan).stream().map(kernels::compile).toList(),
        levelSources(plan).stream().map(kernels::compile).toList(),
        plan.ranges().stream()
            .map(frame -> FrameRanges.Finders.of(kernels, frame, plan.layouts()))
            .toList(),
        emitSources(plan).stream().map(kernels::compile).toList());
  }

  /** Has the kernels of a plan made in the background. */
  static void prepare(Kronos kronos, WindowPlan plan) {
    kronos.kernels().prepare(plan, () -> sources(plan));
  }

  private static List<ShaderSource> sources(WindowPlan plan) {
    List<ShaderSource> sources =
        new ArrayList<>(List.of(partitionMarks(plan), peerMarks(plan), WindowCode.places()));
    if (hasAddends(plan)) {
      sources.add(WindowCode.addends(plan));
    }
    sources.addAll(tileSources(plan));
    sources.addAll(levelSources(plan));
    for (WindowFrame frame : plan.ranges()) {
      sources.addAll(FrameRanges.Finders.sources(frame, plan.layouts()));
    }
    sources.addAll(emitSources(plan));
    return sources;
  }

  private static ShaderSource partitionMarks(WindowPlan plan) {
    return WindowCode.marks(plan.layouts(), plan.spec().partition());
  }

  private static ShaderSource peerMarks(WindowPlan plan) {
    return WindowCode.marks(plan.layouts(), plan.spec().keys());
  }

  private static boolean hasAddends(WindowPlan plan) {
    return !plan.looks().isEmpty() || !plan.sums().isEmpty();
  }

  private static List<ShaderSource> tileSources(WindowPlan plan) {
    return plan.floats().stream().map(floats -> FloatTiles.source(plan, floats)).toList();
  }

  private static List<ShaderSource> levelSources(WindowPlan plan) {
    return plan.folds().stream().map(fold -> FoldCode.level(plan, fold)).toList();
  }

  private static List<ShaderSource> emitSources(WindowPlan plan) {
    List<ShaderSource> sources = new ArrayList<>();
    for (int slice = 0; slice < plan.slices(); slice++) {
      sources.add(new EmitCode(plan, slice).source());
    }
    return sources;
  }
}
