// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.partition.PartitionSpec;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.spark.catalyst.AggregateTranslator;
import dev.kronos.spark.catalyst.DrawnValues;
import dev.kronos.spark.catalyst.MergedSubqueries;
import dev.kronos.spark.catalyst.Restriction;
import dev.kronos.spark.catalyst.SampleParts;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.ScalarSubqueries;
import dev.kronos.spark.catalyst.SparkPartitioning;
import dev.kronos.spark.catalyst.SparkPipeline;
import dev.kronos.spark.catalyst.SparkStep;
import dev.kronos.spark.catalyst.TranslatedAggregate;
import dev.kronos.spark.catalyst.TranslatedPipeline;
import dev.kronos.spark.catalyst.Translation;
import dev.kronos.spark.exec.DealtRows;
import dev.kronos.spark.exec.KronosExpandExec;
import dev.kronos.spark.exec.KronosHashAggregateExec;
import dev.kronos.spark.exec.KronosShuffleExchangeExec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.ExpandExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SampleExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.apache.spark.sql.execution.aggregate.ObjectHashAggregateExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;

/** Tells whether Spark's nodes can run on the device, by translating them. */
final class SupportChecks {
  private static final Restriction STREAMING =
      Restriction.of("streaming aggregation is not supported");

  /** What keeps a chain of filters and projections on the CPU. */
  static final List<Restriction> OF_PIPELINES = pipelines(List.of(), ProjectBatch.limits());

  /** What keeps a filter or a projection of Spark's on the CPU. */
  static final List<Restriction> OF_STEPS =
      pipelines(List.of(DrawnValues.SOME_ROWS), ProjectBatch.limits());

  private static final Restriction REPLACEMENT =
      Restriction.of("sampling with replacement is not supported");

  /** What keeps a sample on the CPU. */
  static final List<Restriction> OF_SAMPLES =
      pipelines(List.of(REPLACEMENT), ProjectBatch.limits());

  /** What keeps an aggregation on the CPU, besides what its functions say themselves. */
  static final List<Restriction> OF_AGGREGATIONS =
      pipelines(
          Stream.concat(Stream.of(STREAMING), AggregateTranslator.RESTRICTIONS.stream()).toList(),
          HashAggregate.limits());

  private static final Restriction OBJECTS =
      new Restriction("aggregation of objects is not supported", "its buffers are opaque");

  /** What keeps an aggregation of objects on the CPU. */
  static final List<Restriction> OF_OBJECTS =
      Stream.concat(Stream.of(OBJECTS), OF_AGGREGATIONS.stream()).toList();

  /** What leaves an exchange to Spark. */
  static final List<Restriction> OF_EXCHANGES =
      pipelines(List.of(SparkPartitioning.KIND), ProjectBatch.limits());

  private SupportChecks() {}

  /** Exchanges compute nothing: one that is left to Spark does not fall back. */
  static SupportLevel exchange(ShuffleExchangeExec plan) {
    Translation<PartitionSpec> translation =
        KronosShuffleExchangeExec.partitioning(plan).translate();
    return translation
        .obstacle()
        .or(() -> translation.orThrow().unsupported())
        .or(() -> RowOrderRules.obstacle(plan.child(), DealtRows.order(plan)))
        .<SupportLevel>map(reason -> new SupportLevel.Exempt("exchange of Spark's: " + reason))
        .orElseGet(SupportLevel.Compatible::new);
  }

  static SupportLevel filter(FilterExec plan) {
    return pipeline(plan.child(), new SparkStep.Filter(plan.condition()));
  }

  static SupportLevel project(ProjectExec plan) {
    List<NamedExpression> columns = ScalaCollections.list(plan.projectList());
    Optional<MergedSubqueries> merged = MergedSubqueries.of(columns);
    if (merged.isPresent() && !merged.get().computes()) {
      return new SupportLevel.Exempt(MergedSubqueries.PACKING);
    }
    return pipeline(
        plan.child(), new SparkStep.Project(merged.map(MergedSubqueries::values).orElse(columns)));
  }

  static SupportLevel sample(SampleExec plan) {
    return plan.withReplacement()
        ? new SupportLevel.Unsupported(REPLACEMENT.reason())
        : level(obstacle(SampleParts.chosen(ScalaCollections.list(plan.output()))));
  }

  static SupportLevel expand(ExpandExec plan) {
    SparkPipeline input =
        new SparkPipeline(ScalaCollections.list(plan.child().output()), List.of());
    return level(
        KronosExpandExec.pipelines(input, plan.projections(), ScalaCollections.list(plan.output()))
            .stream()
            .flatMap(pipeline -> obstacle(pipeline).stream())
            .findFirst());
  }

  static SupportLevel aggregate(BaseAggregateExec plan) {
    if (plan.isStreaming() || plan.numShufflePartitions().isDefined()) {
      return new SupportLevel.Unsupported(STREAMING.reason());
    }
    SparkPipeline input =
        new SparkPipeline(ScalaCollections.list(plan.child().output()), List.of());
    Translation<TranslatedAggregate> translation =
        new AggregateTranslator(input, KronosHashAggregateExec.shape(plan)).translate();
    return level(translation.obstacle().or(() -> operatorObstacle(translation.orThrow())));
  }

  static SupportLevel objects(ObjectHashAggregateExec plan) {
    return KronosHashAggregateExec.shape(plan).isListed()
        ? aggregate(plan)
        : new SupportLevel.Unsupported(OBJECTS.about(OBJECTS.when()));
  }

  /** Returns what keeps expressions on the CPU, and more, and limits of an operator. */
  static List<Restriction> pipelines(List<Restriction> more, List<String> limits) {
    return Stream.of(
            SparkPipeline.RESTRICTIONS.stream(),
            more.stream(),
            limits.stream().map(Restriction::of))
        .flatMap(restrictions -> restrictions)
        .toList();
  }

  private static SupportLevel pipeline(SparkPlan child, SparkStep step) {
    DrawnValues values = DrawnValues.of(ScalarSubqueries.planned(step));
    List<Attribute> columns = new ArrayList<>(ScalaCollections.list(child.output()));
    values.drawn().forEach(value -> columns.add(value.toAttribute()));
    SparkPipeline pipeline = new SparkPipeline(columns, List.of(values.step()));
    return level(DrawnValues.obstacle(step).or(() -> obstacle(pipeline)));
  }

  private static Optional<String> obstacle(SparkPipeline pipeline) {
    Translation<TranslatedPipeline> translation = pipeline.translate();
    return translation.obstacle().or(() -> ProjectBatch.unsupported(translation.orThrow().spec()));
  }

  private static Optional<String> operatorObstacle(TranslatedAggregate aggregate) {
    return HashAggregate.unsupported(aggregate.spec())
        .or(() -> aggregate.toOutput().flatMap(ProjectBatch::unsupported));
  }

  static SupportLevel level(Optional<String> obstacle) {
    return obstacle
        .<SupportLevel>map(SupportLevel.Unsupported::new)
        .orElseGet(SupportLevel.Compatible::new);
  }
}
