// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import dev.kronos.spark.columnar.BatchLayouts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.types.StructType;

/**
 * Holds a chain of filters and projections in Spark's expressions. It travels to the executors as
 * it is: there it is translated, and there the row that failed on the device is run again.
 * Immutable.
 *
 * @param input the columns of the source
 * @param steps what happens to a row, in order
 */
public record SparkPipeline(List<Attribute> input, List<SparkStep> steps) implements Serializable {
  /** What keeps a chain on the CPU. */
  public static final List<Restriction> RESTRICTIONS =
      List.of(
          BatchLayouts.COLUMN_TYPE,
          ExpressionTranslator.UNLISTED,
          Coverage.OPERAND_TYPE,
          TypeTranslator.UNSUPPORTED);

  /** Copies the lists. */
  public SparkPipeline {
    input = List.copyOf(input);
    steps = List.copyOf(steps);
  }

  /** Returns the columns that leave the last step. */
  public List<Attribute> output() {
    List<Attribute> columns = input;
    for (SparkStep step : steps) {
      columns = step.output(columns);
    }
    return columns;
  }

  /** Returns the source's columns as a schema. */
  public StructType inputSchema() {
    return schema(input);
  }

  /** Returns columns as a schema. */
  public static StructType schema(List<Attribute> columns) {
    return DataTypeUtils.fromAttributes(ScalaCollections.seq(columns));
  }

  /** Translates the chain, or says why a step stays on the CPU. */
  public Translation<TranslatedPipeline> translate() {
    Optional<String> obstacle = BatchLayouts.unsupported(inputSchema());
    if (obstacle.isPresent()) {
      return new Translation.Unsupported<>(obstacle.get());
    }
    try {
      List<Step> translated = new ArrayList<>(steps.size());
      List<Attribute> columns = input;
      for (SparkStep step : steps) {
        Step own = translate(step, columns);
        translated.add(own);
        columns = reached(step, own, columns);
      }
      PipelineSpec spec = new PipelineSpec(BatchLayouts.of(inputSchema()), translated);
      return new Translation.Supported<>(new TranslatedPipeline(spec, columns));
    } catch (UntranslatableException e) {
      return new Translation.Unsupported<>(e.getMessage());
    }
  }

  private static Step translate(SparkStep step, List<Attribute> columns) {
    ExpressionTranslator translator = new ExpressionTranslator(columns);
    if (step instanceof SparkStep.Filter filter) {
      return new Filter(translator.require(filter.condition()));
    }
    return new Project(translator.requireNamed(((SparkStep.Project) step).expressions()));
  }

  /** Takes nullability from the device's expressions: it may be wider than Spark's. */
  private static List<Attribute> reached(SparkStep step, Step own, List<Attribute> columns) {
    if (!(own instanceof Project project)) {
      return columns;
    }
    List<Attribute> named = step.output(columns);
    List<Attribute> reached = new ArrayList<>(named.size());
    for (int i = 0; i < named.size(); i++) {
      Expression expression = project.expressions().get(i);
      reached.add(named.get(i).withNullability(expression.nullable()));
    }
    return reached;
  }
}
