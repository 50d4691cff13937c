// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.join.BuildKey;
import dev.kronos.operator.join.BuildSide;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.join.JoinType;
import dev.kronos.operator.join.TableProbe;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;

/** Translates joins. Needs no session and no device. */
public final class JoinTranslator {
  private static final Restriction FALLIBLE =
      new Restriction(
          "join condition may fail",
          "in a join that gives more than pairs of equal keys: the error of a pair of rows could not be"
              + " raised as Spark raises it");

  /** What keeps a join on the CPU, besides what its expressions say themselves. */
  public static final List<Restriction> RESTRICTIONS = List.of(FALLIBLE);

  private final SparkPipeline probe;
  private final SparkPipeline build;
  private final JoinShape shape;

  /**
   * Creates a translator.
   *
   * @param probe what happens to rows of the probe side before they reach the join
   * @param build what happens to rows of the build side
   * @param shape what the join computes
   */
  public JoinTranslator(SparkPipeline probe, SparkPipeline build, JoinShape shape) {
    this.probe = probe;
    this.build = build;
    this.shape = shape;
  }

  /** Translates the join, or says why it stays on the CPU. */
  public Translation<JoinSpec> translate() {
    Translation<TranslatedPipeline> probing = probe.translate();
    Translation<TranslatedPipeline> building = build.translate();
    List<String> obstacles = new ArrayList<>();
    probing.obstacle().ifPresent(obstacles::add);
    building.obstacle().ifPresent(obstacles::add);
    if (!obstacles.isEmpty()) {
      return new Translation.Unsupported<>(obstacles.get(0));
    }
    try {
      return new Translation.Supported<>(translate(probing.orThrow(), building.orThrow()));
    } catch (UntranslatableException e) {
      return new Translation.Unsupported<>(e.getMessage());
    } catch (IllegalArgumentException e) {
      // The device's joins check their keys.
      return new Translation.Unsupported<>(e.getMessage());
    }
  }

  /** Translates a join that is a step, over what stands before it. */
  static PipelineSpec probed(TranslatedPipeline before, SparkStep.Probe step) {
    SparkPipeline build = new SparkPipeline(step.table().columns(), List.of());
    SparkPipeline reaching = new SparkPipeline(before.output(), List.of());
    JoinSpec join =
        new JoinTranslator(reaching, build, step.shape())
            .translate(before, build.translate().orThrow());
    return new TableProbe(join, step.table().onDevice()).pipeline();
  }

  private JoinSpec translate(TranslatedPipeline probing, TranslatedPipeline building) {
    List<Expression> buildKeys =
        new ExpressionTranslator(building.output()).requireAll(shape.buildKeys());
    BuildSpec table = new BuildSpec(building.spec(), buildKeys.stream().map(BuildKey::of).toList());
    JoinSpec.Builder spec =
        JoinSpec.builder(shape.type(), shape.buildSide(), probing.spec(), table)
            .probeKeys(new ExpressionTranslator(probing.output()).requireAll(shape.probeKeys()));
    if (!shape.condition().isEmpty()) {
      spec.condition(condition(probing.output(), building.output()));
    }
    int probeColumns = probing.output().size();
    return spec.outputs(outputs(spec.columns(), probeColumns)).build();
  }

  private Expression condition(List<Attribute> probing, List<Attribute> building) {
    List<Attribute> pair = new ArrayList<>(probing);
    pair.addAll(building);
    Expression condition = new ExpressionTranslator(pair).require(shape.condition().get(0));
    if (condition.mayRaise()) {
      throw FALLIBLE.refusal(shape.condition().get(0).sql());
    }
    return condition;
  }

  /** Puts the columns in Spark's order: left, right, boolean. */
  private List<ColumnReference> outputs(List<ColumnReference> columns, int probeColumns) {
    int buildEnd = columns.size() - (shape.type() == JoinType.EXISTENCE ? 1 : 0);
    List<ColumnReference> probing = columns.subList(0, probeColumns);
    List<ColumnReference> building = columns.subList(probeColumns, buildEnd);
    boolean buildsLeft = shape.buildSide() == BuildSide.LEFT;
    List<ColumnReference> outputs = new ArrayList<>(buildsLeft ? building : probing);
    if (!shape.type().keepsLeftOnly()) {
      outputs.addAll(buildsLeft ? probing : building);
    }
    outputs.addAll(columns.subList(buildEnd, columns.size()));
    return outputs;
  }
}
