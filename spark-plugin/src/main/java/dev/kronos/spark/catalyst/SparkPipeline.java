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
 * Holds a chain of filters, projections and look-ups in Spark's expressions. It travels to the
 * executors as it is: there it is translated, and there the row that failed on the device is run
 * again. Immutable.
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
      PipelineSpec spec = new PipelineSpec(BatchLayouts.of(inputSchema()), List.of());
      TranslatedPipeline translated = new TranslatedPipeline(spec, input);
      for (SparkStep step : steps) {
        translated = then(translated, step);
      }
      return new Translation.Supported<>(translated);
    } catch (UntranslatableException e) {
      return new Translation.Unsupported<>(e.getMessage());
    }
  }

  private static TranslatedPipeline then(TranslatedPipeline before, SparkStep step) {
    List<Attribute> columns = before.output();
    if (step instanceof SparkStep.Probe probe) {
      PipelineSpec probed = JoinTranslator.probed(before, probe);
      return new TranslatedPipeline(probed, reached(probe, probed.steps(), columns));
    }
    List<Step> steps = new ArrayList<>(before.spec().steps());
    steps.add(translate(step, columns));
    return new TranslatedPipeline(before.spec().with(steps), reached(step, steps, columns));
  }

  private static Step translate(SparkStep step, List<Attribute> columns) {
    ExpressionTranslator translator = new ExpressionTranslator(columns);
    if (step instanceof SparkStep.Filter filter) {
      return new Filter(translator.require(filter.condition()));
    }
    return new Project(translator.requireNamed(((SparkStep.Project) step).expressions()));
  }

  /** Takes nullability from the device's expressions: it may be wider than Spark's. */
  private static List<Attribute> reached(
      SparkStep step, List<Step> steps, List<Attribute> columns) {
    if (!(steps.get(steps.size() - 1) instanceof Project project)) {
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
