// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.plans.PlanReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;

/** Runs TPC-H queries over Parquet tables in a Spark session and records how they ran. */
public final class TpchRunner {
  private final SparkSession spark;
  private final Path data;

  /** Creates a runner over the folder that {@link TpchGenerator} filled. */
  public TpchRunner(SparkSession spark, Path data) {
    this.spark = spark;
    this.data = data;
  }

  /**
   * Runs {@code query} {@code repeats} times.
   *
   * @throws IllegalStateException when two runs answer differently
   */
  public QueryRun run(TpchQuery query, int repeats) {
    query.tables().forEach(this::register);
    List<Double> seconds = new ArrayList<>();
    Answer answer = null;
    for (int i = 1; i < repeats; i++) {
      answer = requireSame(query, answer, timed(spark.sql(query.sql()), seconds));
    }
    TaskTotals totals = TaskTotals.listenTo(spark.sparkContext());
    Dataset<Row> last = spark.sql(query.sql());
    answer = requireSame(query, answer, timed(last, seconds));
    SparkPlan plan = PlanReport.executed(last);
    QueryAccount account =
        totals.end(seconds.get(seconds.size() - 1), PlanReport.seconds(plan, "scanTime"));
    return new QueryRun(
        query.name(), answer, seconds, plan.treeString(), PlanReport.kronosRuns(plan), account);
  }

  private void register(String table) {
    spark.read().parquet(data.resolve(table).toString()).createOrReplaceTempView(table);
  }

  private static Answer timed(Dataset<Row> query, List<Double> seconds) {
    long start = System.nanoTime();
    Answer answer = Answer.of(query);
    seconds.add((System.nanoTime() - start) / 1e9);
    return answer;
  }

  /** Returns the answer of a run, which is the same as that of the one before, if there was one. */
  private static Answer requireSame(TpchQuery query, Answer before, Answer answer) {
    Optional<String> difference =
        before == null ? Optional.empty() : AnswerComparator.difference(before, answer);
    if (difference.isPresent()) {
      throw new IllegalStateException(
          "Query answered differently on a later run: query="
              + query
              + ", "
              + difference.orElseThrow());
    }
    return answer;
  }
}
