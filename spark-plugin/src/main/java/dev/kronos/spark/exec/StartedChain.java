// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.join.TableProbe;
import dev.kronos.operator.pipeline.SideColumns;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.SparkStep;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Is a chain in a task: what is left to be done to the batches that come.
 *
 * @param pipeline what happens to a row
 * @param sides columns of the tables in which the pipeline looks rows up; open until the task ends
 * @param metrics the metrics of the pipeline's nodes and of the one that runs it
 * @param input the batches
 */
record StartedChain(
    SparkPipeline pipeline,
    SideColumns sides,
    ChainMetrics metrics,
    Iterator<ColumnarBatch> input) {

  /** Starts a chain without joins. */
  static StartedChain of(
      SparkPipeline pipeline, ChainMetrics metrics, Iterator<ColumnarBatch> input) {
    return new StartedChain(pipeline, SideColumns.NONE, metrics, input);
  }

  /**
   * Returns this chain with the join of a broadcast table behind it. Waits for the broadcast, and
   * for the device.
   *
   * @param link the join and what comes behind it
   * @param resources owns the table
   * @param fuses whether the join may become a step
   */
  StartedChain joined(ChainWork.Link link, TaskResources resources, boolean fuses) {
    JoinSpec spec = link.join().over(this).translate();
    BuildTable table = SharedTables.table(link.join(), spec, resources, metrics.top());
    return joined(link, spec, table, fuses);
  }

  /**
   * Returns this chain with a join behind it whose table is there.
   *
   * @param link the join and what comes behind it
   * @param spec the join
   * @param table the build side, which stays open until the task ends
   * @param fuses whether the join may become a step
   */
  StartedChain joined(ChainWork.Link link, JoinSpec spec, BuildTable table, boolean fuses) {
    return fuses && TableProbe.suits(spec, table)
        ? probed(link, new TableProbe(spec, table), table)
        : apart(link, spec, table);
  }

  private StartedChain probed(ChainWork.Link link, TableProbe probe, BuildTable table) {
    List<SparkStep> steps = new ArrayList<>(pipeline.steps());
    steps.add(
        new SparkStep.Probe(link.join().shape(), new TaskTable(link.join().columns(), table)));
    steps.addAll(link.after().steps());
    List<ChainMetrics.Inner> inner = new ArrayList<>(metrics.steps());
    inner.add(new ChainMetrics.Inner(link.metrics(), probe.filters()));
    inner.addAll(link.inner());
    return new StartedChain(
        new SparkPipeline(pipeline.input(), steps),
        sides.and(probe.columns()),
        new ChainMetrics(inner, metrics.top()),
        input);
  }

  /** Joins in an iterator of its own, as several rows may come of one. */
  private StartedChain apart(ChainWork.Link link, JoinSpec spec, BuildTable table) {
    JoinIterator.Built built =
        new JoinIterator.Built(KronosExecutor.current(), TaskResources.ofTask(), spec, table);
    return behind(link, new JoinIterator(built, link.join().over(this), below(link)));
  }

  /** Returns this chain as what is below a join that runs on its own. */
  StartedChain below(ChainWork.Link link) {
    return new StartedChain(
        pipeline, sides, new ChainMetrics(metrics.steps(), link.metrics()), input);
  }

  /** Returns what is behind a join that runs on its own and gives batches. */
  StartedChain behind(ChainWork.Link link, Iterator<ColumnarBatch> joined) {
    return of(link.after(), new ChainMetrics(link.inner(), metrics.top()), joined);
  }
}
