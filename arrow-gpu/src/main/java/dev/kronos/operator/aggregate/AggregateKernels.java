// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.column.DataType;
import dev.kronos.device.DeviceInfo;
import dev.kronos.operator.pipeline.AheadPipeline;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/** Lists the kernels that a grouping needs, in the order in which it needs them. */
final class AggregateKernels {
  private AggregateKernels() {}

  static List<ShaderSource> of(DeviceInfo device, AggregateSpec spec) {
    AheadPipeline before = GroupingAhead.of(spec);
    if (before == null) {
      return of(new AggregatePlan(device, spec));
    }
    List<ShaderSource> sources = new ArrayList<>(ProjectBatch.kernels(before.pipeline()));
    sources.addAll(of(new AggregatePlan(device, GroupingAhead.rest(spec, before))));
    return sources;
  }

  private static List<ShaderSource> of(AggregatePlan plan) {
    List<ShaderSource> sources = new ArrayList<>();
    sources.add(new UpdateCode(plan).source());
    if (plan.keepsRows() || hasStringKey(plan)) {
      sources.add(new PersistCode(plan).source());
    }
    if (!plan.unions().isEmpty()) {
      sources.add(new UnionCode(plan).source());
    }
    if (plan.keepsStrings()) {
      sources.add(KeepCode.source(plan));
    }
    if (plan.grouped()) {
      sources.add(EmitCode.compaction(plan));
    }
    sources.add(AggregateResult.emission(plan));
    if (plan.grouped()) {
      // Last, for only a grouping of many groups needs it.
      sources.add(RehashCode.source(plan));
    }
    return sources;
  }

  private static boolean hasStringKey(AggregatePlan plan) {
    return plan.keys().stream().anyMatch(key -> key.type().kind() == DataType.Kind.STRING);
  }
}
