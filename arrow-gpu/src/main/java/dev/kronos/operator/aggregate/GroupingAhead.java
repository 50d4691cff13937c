// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.AheadPipeline;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Computes keys and arguments of a grouping ahead of it, where they need strings that are made. */
final class GroupingAhead {
  private GroupingAhead() {}

  /** Returns what to run ahead, or null where the grouping's own kernels compute everything. */
  static AheadPipeline of(AggregateSpec spec) {
    List<Expression> computed = computed(spec);
    if (!AheadPipeline.isNeeded(spec.input(), computed)) {
      return null;
    }
    // Nothing else of the pipeline is looked at: the columns that leave it are left out.
    List<Step> steps = new ArrayList<>(spec.input().steps());
    steps.add(new Project(computed));
    return AheadPipeline.of(spec.input().with(steps), List.of());
  }

  private static List<Expression> computed(AggregateSpec spec) {
    List<Expression> computed = new ArrayList<>(spec.keys());
    spec.calls().forEach(call -> computed.addAll(call.expressions()));
    // Calls of one sketch have one argument, many times.
    return computed.stream().distinct().toList();
  }

  /** Returns the grouping of what was computed ahead. */
  static AggregateSpec rest(AggregateSpec spec, AheadPipeline ahead) {
    Map<Expression, Expression> columns = new HashMap<>();
    computed(spec).forEach(computed -> columns.put(computed, ahead.column(columns.size())));
    List<Expression> keys = spec.keys().stream().map(columns::get).toList();
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : spec.calls()) {
      calls.add(call.over(call.expressions().stream().map(columns::get).iterator()));
    }
    return new AggregateSpec(ahead.rest(), keys, calls);
  }
}
