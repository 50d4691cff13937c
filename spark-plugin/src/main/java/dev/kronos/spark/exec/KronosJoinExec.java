// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.JoinParts;
import dev.kronos.spark.catalyst.JoinShape;
import dev.kronos.spark.catalyst.KronosBinaryExec;
import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.execution.metric.SQLMetric;

/**
 * Joins two inputs on the device. The filters and projections below the probe side are fused into
 * the kernels of the join.
 */
public abstract class KronosJoinExec extends KronosBinaryExec {
  private static final long serialVersionUID = 1L;

  private final transient JoinParts parts;

  /** Creates a node of its parts. */
  protected KronosJoinExec(JoinParts parts) {
    super(parts.left(), parts.right());
    this.parts = parts;
  }

  /** Returns the parts of the join. */
  final JoinParts parts() {
    return parts;
  }

  final JoinShape shape() {
    return parts.shape(ScalaCollections.list(output())).orElseThrow();
  }

  /** Tells whether the join may become a step of a chain, if its table allows it. */
  final boolean isStep() {
    JoinShape shape = shape();
    return !shape.buildKeys().isEmpty() && !shape.dependsOnWholeProbeSide();
  }

  /** Returns the join as tasks do it; a broadcast goes on in the background. */
  abstract ChainWork.Join work();

  /**
   * Returns the join as tasks do it.
   *
   * @param broadcast the build side, or null where it comes as partitions
   */
  final ChainWork.Join work(Broadcast<BroadcastTable> broadcast) {
    return new ChainWork.Join(
        shape(), ScalaCollections.list(parts.buildPlan().output()), broadcast);
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {
      parts.leftKeys(),
      parts.rightKeys(),
      parts.type(),
      parts.nullAware(),
      parts.buildSide(),
      parts.condition(),
      left(),
      right()
    };
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return NodeMetrics.make(sparkContext());
  }
}
