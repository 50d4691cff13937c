// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.column.ColumnLayout;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.spark.catalyst.JoinShape;
import dev.kronos.spark.catalyst.JoinTranslator;
import dev.kronos.spark.catalyst.RowReplay;
import dev.kronos.spark.catalyst.SparkPipeline;
import java.util.List;

/**
 * Holds what a task of a join does.
 *
 * @param probe what happens to rows of the probe side before they reach the join
 * @param build what happens to rows of the build side
 * @param shape what the join computes
 */
record JoinWork(SparkPipeline probe, SparkPipeline build, JoinShape shape) {

  /** Translates the join; sources lie as batches from the host do. */
  JoinSpec translate() {
    return new JoinTranslator(probe, build, shape).translate().orThrow();
  }

  /** Returns a join whose probe side lies otherwise in memory, with a table of another spec. */
  static JoinSpec over(JoinSpec spec, List<ColumnLayout> probe, BuildSpec table) {
    return new JoinSpec(
        spec.type(),
        spec.buildSide(),
        spec.probe().over(probe),
        spec.probeKeys(),
        table,
        spec.condition(),
        spec.outputs());
  }

  /** Returns a build side whose source lies otherwise in memory. */
  static BuildSpec over(BuildSpec spec, List<ColumnLayout> layouts) {
    return new BuildSpec(spec.input().over(layouts), spec.keys());
  }

  /** Makes the replay of rows of the probe side. */
  RowReplay replayOfProbe() {
    return new RowReplay(probe, shape.probeKeys());
  }
}
