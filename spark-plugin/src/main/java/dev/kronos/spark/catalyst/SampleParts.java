// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.execution.SampleExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.util.random.BernoulliCellSampler;
import scala.Option;

/**
 * Holds the parts of a sample without replacement: a row stays where the next number of a generator
 * lies between two bounds. Immutable.
 *
 * @param lower the least such number
 * @param upper the bound that numbers stay below
 * @param seed what the generators of all partitions are seeded from
 */
public record SampleParts(double lower, double upper, long seed) implements Serializable {
  private static final int SEED = 3;

  /** Returns the parts of one of Spark's samples. */
  public static SampleParts of(SampleExec plan) {
    return new SampleParts(plan.lowerBound(), plan.upperBound(), seed(plan));
  }

  /** The seed is a number or, in later versions of Spark, an optional one beside the one taken. */
  private static long seed(SampleExec plan) {
    if (plan.productElement(SEED) instanceof Long seed) {
      return seed;
    }
    try {
      return (long) SampleExec.class.getMethod("resolvedSeed").invoke(plan);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("sample has no seed: node=" + plan.nodeName(), e);
    }
  }

  /** Makes Spark's sample of these parts. */
  public SparkPlan over(SparkPlan child) {
    Constructor<?> constructor = SampleExec.class.getConstructors()[0];
    Object given = constructor.getParameterTypes()[SEED] == long.class ? seed : Option.apply(seed);
    try {
      return (SparkPlan) constructor.newInstance(lower, upper, false, given, child);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("sample cannot be made: seed=" + seed, e);
    }
  }

  /**
   * Returns what decides about the rows of a partition, one after the other.
   *
   * @param partition the partition's index
   */
  public BernoulliCellSampler<Object> sampler(int partition) {
    BernoulliCellSampler<Object> sampler = new BernoulliCellSampler<>(lower, upper, false);
    sampler.setSeed(seed + partition);
    return sampler;
  }

  /** Returns a chain that keeps the rows whose last column is true, and drops that column. */
  public static SparkPipeline chosen(List<Attribute> columns) {
    Attribute mark =
        new AttributeReference(
            "chosen",
            DataTypes.BooleanType,
            false,
            Metadata.empty(),
            NamedExpression$.MODULE$.newExprId(),
            ScalaCollections.seq(List.of()));
    List<Attribute> marked = new ArrayList<>(columns);
    marked.add(mark);
    List<NamedExpression> kept = List.copyOf(columns);
    return new SparkPipeline(
        marked, List.of(new SparkStep.Filter(mark), new SparkStep.Project(kept)));
  }
}
