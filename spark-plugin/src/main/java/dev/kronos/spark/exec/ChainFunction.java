// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Is what a node does to the rows that leave the chain below it. Travels to the executors. */
interface ChainFunction extends Serializable {

  /** Starts the work of a task. A batch given out is valid until the next one is asked for. */
  Iterator<ColumnarBatch> start(StartedChain chain);

  /** Runs over the sources of a chain, or in Spark where an executor has no device. */
  default RDD<ColumnarBatch> over(ProbedChain chain) {
    ChainWork work = chain.work();
    RDD<ColumnarBatch> rows = chain.source().executeColumnar();
    return chain
        .builds()
        .map(builds -> new OfTwo(work, this).over(rows, builds.executeColumnar()))
        .orElseGet(() -> chain.orTwin(new OfOne(work, this).over(rows)));
  }

  /** Starts a chain of one source. */
  final class OfOne extends BatchFunction {
    private static final long serialVersionUID = 1L;

    private final ChainWork work;
    private final ChainFunction function;

    OfOne(ChainWork work, ChainFunction function) {
      this.work = work;
      this.function = function;
    }

    @Override
    Iterator<ColumnarBatch> start(Iterator<ColumnarBatch> input) {
      return function.start(work.start(new ChainWork.Inputs(input, null)));
    }
  }

  /** Starts a chain that begins with a join of partitions. */
  final class OfTwo extends ZipFunction {
    private static final long serialVersionUID = 1L;

    private final ChainWork work;
    private final ChainFunction function;

    OfTwo(ChainWork work, ChainFunction function) {
      this.work = work;
      this.function = function;
    }

    @Override
    Iterator<ColumnarBatch> start(ChainWork.Inputs inputs) {
      return function.start(work.start(inputs));
    }
  }
}
