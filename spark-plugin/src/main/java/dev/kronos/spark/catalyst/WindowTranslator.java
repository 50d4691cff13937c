// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import dev.kronos.operator.window.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;

/** Translates functions over windows. Needs no session and no device. */
public final class WindowTranslator {
  /** What keeps windows on the CPU, besides what their expressions do. */
  public static final List<Restriction> RESTRICTIONS = WindowCatalog.RESTRICTIONS;

  private final SparkPipeline pipeline;
  private final WindowShape shape;

  /**
   * Creates a translator.
   *
   * @param pipeline what happens to rows before they reach the windows
   * @param shape what is computed
   */
  public WindowTranslator(SparkPipeline pipeline, WindowShape shape) {
    this.pipeline = pipeline;
    this.shape = shape;
  }

  /** Translates the windows, or says why they stay on the CPU. */
  public Translation<TranslatedWindow> translate() {
    return pipeline.translate().then(this::translate);
  }

  private TranslatedWindow translate(TranslatedPipeline before) {
    WindowBuilder builder = new WindowBuilder(before.output());
    List<Integer> partition = builder.keys(shape.partition());
    List<Integer> order = builder.keys(WindowShape.children(shape.order()));
    for (NamedExpression named : shape.windows()) {
      Optional<WindowExpression> window = WindowShape.window(named);
      if (window.isPresent()) {
        WindowCatalog.add(window.get(), named, builder);
      } else {
        builder.result(PickRules.own(WindowShape.plain(named), builder), named.toAttribute());
      }
    }
    List<Step> steps = new ArrayList<>(before.spec().steps());
    steps.add(new Project(builder.columns()));
    WindowSpec spec =
        new WindowSpec(
            new PipelineSpec(before.spec().inputs(), steps),
            before.output().size(),
            partition,
            order,
            builder.calls());
    return translated(before, builder, spec);
  }

  private TranslatedWindow translated(
      TranslatedPipeline before, WindowBuilder builder, WindowSpec spec) {
    List<Attribute> output = new ArrayList<>(before.output());
    for (int i = 0; i < shape.windows().size(); i++) {
      Expression result = builder.results().get(i);
      output.add(shape.windows().get(i).toAttribute().withNullability(result.nullable()));
    }
    return new TranslatedWindow(
        spec,
        builder.aggregateOfCall(),
        new Project(builder.buffers()),
        new Project(builder.results()),
        builder.bufferAttributes(),
        builder.evaluation(),
        builder.bounds(),
        output);
  }
}
