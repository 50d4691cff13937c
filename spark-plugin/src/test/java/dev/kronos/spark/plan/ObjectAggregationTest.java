// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.exec.KronosHashAggregateExec;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.BloomFilterAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectList;
import org.apache.spark.sql.catalyst.expressions.aggregate.Partial$;
import org.apache.spark.sql.catalyst.plans.logical.Range$;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.ObjectHashAggregateExec;
import org.junit.jupiter.api.Test;

class ObjectAggregationTest {
  private static final SparkPlan ROWS = new RangeExec(Range$.MODULE$.apply(0, 100, 1, 1));
  private static final Attribute ID = ROWS.output().head();

  @Test
  void bloomFiltersGoToTheDeviceAndHaveSparksTwin() {
    ObjectHashAggregateExec plan = aggregation(List.of(), new BloomFilterAggregate(ID, 100));

    assertThat(ConversionCatalog.level(plan)).isInstanceOf(SupportLevel.Compatible.class);
    KronosHashAggregateExec converted = KronosHashAggregateExec.of(plan);
    assertThat(converted.twin()).isEqualTo(plan);
    assertThat(converted.output()).isEqualTo(plan.output());
  }

  @Test
  void filtersOfGroupsStayWithTheirReason() {
    ObjectHashAggregateExec plan = aggregation(List.of(ID), new BloomFilterAggregate(ID, 100));

    assertThat(ConversionCatalog.level(plan))
        .isEqualTo(new SupportLevel.Unsupported("Bloom filters of groups"));
  }

  /** A bit count of one item in very many bits would keep an invocation busy for long. */
  @Test
  void filtersOfTooManyBitsAnItemStayWithTheirReason() {
    ObjectHashAggregateExec plan =
        aggregation(List.of(), new BloomFilterAggregate(ID, number(1), number(1 << 20)));

    assertThat(ConversionCatalog.level(plan))
        .isEqualTo(new SupportLevel.Unsupported("more than 255 bits an item in a Bloom filter"));
  }

  @Test
  void otherObjectsStayWithTheirReason() {
    ObjectHashAggregateExec plan = aggregation(List.of(), new CollectList(ID));

    assertThat(ConversionCatalog.level(plan))
        .isEqualTo(
            new SupportLevel.Unsupported(
                "aggregation of objects is not supported: its buffers are opaque"));
  }

  private static Literal number(long value) {
    return Literal$.MODULE$.apply(value);
  }

  private static ObjectHashAggregateExec aggregation(
      List<Attribute> keys, AggregateFunction function) {
    AggregateExpression aggregate =
        new AggregateExpression(
            function,
            Partial$.MODULE$,
            false,
            ScalaCollections.none(),
            NamedExpression$.MODULE$.newExprId());
    List<NamedExpression> names = List.copyOf(keys);
    return new ObjectHashAggregateExec(
        ScalaCollections.none(),
        false,
        ScalaCollections.none(),
        ScalaCollections.seq(names),
        ScalaCollections.seq(List.of(aggregate)),
        ScalaCollections.seq(List.of(aggregate.resultAttribute())),
        0,
        ScalaCollections.seq(
            ScalaCollections.<NamedExpression>list(function.inputAggBufferAttributes())),
        ROWS);
  }
}
