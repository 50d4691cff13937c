// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.pipeline.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;

/** Translates aggregations. Needs no session and no device. */
public final class AggregateTranslator {
  private static final Restriction UNLISTED =
      new Restriction("aggregate function is not supported", "the table below does not list it");
  private static final Restriction MIXED_MODES =
      Restriction.of("aggregation gives partial and final results at once");

  /** What keeps a whole aggregation on the CPU, whatever its functions. */
  public static final List<Restriction> RESTRICTIONS = List.of(UNLISTED, MIXED_MODES);

  private final SparkPipeline pipeline;
  private final AggregateShape shape;

  /**
   * Creates a translator.
   *
   * @param pipeline what happens to rows before they reach the aggregation
   * @param shape what the aggregation computes
   */
  public AggregateTranslator(SparkPipeline pipeline, AggregateShape shape) {
    this.pipeline = pipeline;
    this.shape = shape;
  }

  /** Translates the aggregation, or says why it stays on the CPU. */
  public Translation<TranslatedAggregate> translate() {
    Translation<TranslatedPipeline> before = pipeline.translate();
    if (before instanceof Translation.Unsupported<TranslatedPipeline> unsupported) {
      return new Translation.Unsupported<>(unsupported.reason());
    }
    try {
      return new Translation.Supported<>(translate(before.orThrow()));
    } catch (UntranslatableException e) {
      return new Translation.Unsupported<>(e.getMessage());
    }
  }

  private TranslatedAggregate translate(TranslatedPipeline before) {
    requireOneKindOfResult();
    List<Attribute> input = named(before.output());
    List<Expression> keys = new ExpressionTranslator(input).requireNamed(shape.grouping());
    AggregateBuilder builder = new AggregateBuilder(input, keys.size(), shape.givesBuffers());
    List<Expression> buffers = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      buffers.add(new ColumnReference(i, keys.get(i).type(), keys.get(i).nullable()));
    }
    for (int i = 0; i < shape.aggregates().size(); i++) {
      builder.startFunction(i, filter(shape.aggregates().get(i)));
      buffers.addAll(buffersOf(shape.aggregates().get(i), builder));
    }
    AggregateSpec spec = new AggregateSpec(before.spec(), keys, builder.calls());
    return new TranslatedAggregate(
        spec, builder.functionOfCall(), new Project(buffers), results(buffers));
  }

  private void requireOneKindOfResult() {
    if (shape.givesBoth()) {
      throw MIXED_MODES.refusal(shape.modes().toString());
    }
  }

  /** Gives what reaches the aggregation the names under which its expressions know it. */
  private List<Attribute> named(List<Attribute> reached) {
    List<Attribute> named = new ArrayList<>(reached.size());
    List<Attribute> known = shape.known();
    for (int i = 0; i < reached.size(); i++) {
      named.add(known.get(i).withNullability(reached.get(i).nullable()));
    }
    return named;
  }

  /** A filter is for input rows; Spark keeps it in the merging steps without looking at it. */
  private static Optional<org.apache.spark.sql.catalyst.expressions.Expression> filter(
      AggregateExpression aggregate) {
    return AggregateShape.merges(aggregate)
        ? Optional.empty()
        : ScalaCollections.optional(aggregate.filter());
  }

  private List<Expression> buffersOf(AggregateExpression aggregate, AggregateBuilder builder) {
    AggregateFunction function = aggregate.aggregateFunction();
    return AggregateCatalog.rule(function.getClass())
        .orElseThrow(() -> UNLISTED.refusal(function.nodeName()))
        .apply(function, builder, AggregateShape.merges(aggregate));
  }

  private List<Project> results(List<Expression> buffers) {
    if (shape.givesBuffers()) {
      return List.of();
    }
    Project evaluated = evaluation(withNullability(shape.bufferAttributes(), buffers));
    List<Attribute> names = new ArrayList<>(shape.groupingAttributes());
    names.addAll(shape.aggregateAttributes());
    ExpressionTranslator translator =
        new ExpressionTranslator(withNullability(names, evaluated.expressions()));
    return List.of(evaluated, new Project(translator.requireNamed(shape.results())));
  }

  private Project evaluation(List<Attribute> buffers) {
    ExpressionTranslator translator = new ExpressionTranslator(buffers);
    List<Expression> evaluated =
        new ArrayList<>(translator.requireAll(buffers.subList(0, shape.grouping().size())));
    for (AggregateFunction function : shape.functions()) {
      evaluated.add(translator.require(AggregateShape.evaluation(function)));
    }
    return new Project(evaluated);
  }

  private static List<Attribute> withNullability(List<Attribute> names, List<Expression> values) {
    List<Attribute> attributes = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      attributes.add(names.get(i).withNullability(values.get(i).nullable()));
    }
    return attributes;
  }
}
