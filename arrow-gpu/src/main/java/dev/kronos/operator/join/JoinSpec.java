// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Describes a join. Immutable; equal specs share kernels.
 *
 * <p>The condition and the outputs are expressions over the joined row: the columns that leave the
 * probe side's pipeline, then those that leave the build side's, then for {@link
 * JoinType#EXISTENCE} the boolean. {@link Builder#columns()} lists references to them. Rows of the
 * probe side that give several rows give them one after the other, and their order is kept.
 *
 * <p>Keys are equal as Spark's are: NaN is NaN, -0.0 is 0.0, strings are compared by bytes.
 *
 * @param type the join as the query writes it
 * @param buildSide which side of the query is the build side; the other one is the probe side
 * @param probe filters and projections of the probe side, fused into the kernels of the join
 * @param probeKeys one for each key of the build side, of its type, over the columns that leave the
 *     probe side's pipeline
 * @param build the build side
 * @param condition what candidates must meet besides equal keys, BOOLEAN, or null; null values do
 *     not meet it. It decides what counts as a match for outer, semi, anti and existence joins
 * @param outputs the columns of the result; nothing else is read. Of one side alone where the type
 *     {@linkplain JoinType#keepsLeftOnly keeps one side}
 */
public record JoinSpec(
    JoinType type,
    BuildSide buildSide,
    PipelineSpec probe,
    List<Expression> probeKeys,
    BuildSpec build,
    Expression condition,
    List<Expression> outputs) {

  /**
   * Copies the lists and checks that the parts fit each other.
   *
   * @throws IllegalArgumentException when they do not
   */
  public JoinSpec {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(buildSide, "buildSide");
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(build, "build");
    probeKeys = List.copyOf(probeKeys);
    outputs = List.copyOf(outputs);
    new JoinChecks(type, buildSide, probe, build).check(probeKeys, condition, outputs);
  }

  /** Starts the description of a join. */
  public static Builder builder(
      JoinType type, BuildSide buildSide, PipelineSpec probe, BuildSpec build) {
    return new Builder(type, buildSide, probe, build);
  }

  /** Returns the layouts of the result's columns, as Arrow lays them out. */
  public List<ColumnLayout> outputLayouts() {
    List<ColumnLayout> layouts = new ArrayList<>(outputs.size());
    for (Expression output : new JoinedRow(type, buildSide, probe, build).bind(outputs)) {
      Nullability nullability = output.nullable() ? Nullability.NULLABLE : Nullability.NON_NULL;
      layouts.add(ArrowColumns.layout(output.type(), nullability));
    }
    return layouts;
  }

  /** Tells whether the build side is what comes out of a join that keeps one side. */
  boolean keepsBuildOnly() {
    return type.keepsLeftOnly() && buildSide == BuildSide.LEFT;
  }

  /** Tells whether the probe side is what comes out of a join that keeps one side. */
  boolean keepsProbeOnly() {
    return type.keepsLeftOnly() && buildSide == BuildSide.RIGHT;
  }

  /** Collects the parts of a join. Not thread-safe. */
  public static final class Builder {
    private final JoinType type;
    private final BuildSide buildSide;
    private final PipelineSpec probe;
    private final BuildSpec build;
    private final List<Expression> probeKeys = new ArrayList<>();
    private Expression condition;
    private List<Expression> outputs;

    private Builder(JoinType type, BuildSide buildSide, PipelineSpec probe, BuildSpec build) {
      this.type = Objects.requireNonNull(type, "type");
      this.buildSide = Objects.requireNonNull(buildSide, "buildSide");
      this.probe = Objects.requireNonNull(probe, "probe");
      this.build = Objects.requireNonNull(build, "build");
    }

    /** Returns references to the columns of the joined row: probe side, build side, boolean. */
    public List<ColumnReference> columns() {
      return new JoinedRow(type, buildSide, probe, build).columns();
    }

    /** Adds the keys of the probe side, over the columns that leave its pipeline. */
    public Builder probeKeys(List<? extends Expression> keys) {
      probeKeys.addAll(keys);
      return this;
    }

    /** Sets what candidates must meet besides equal keys; null for nothing. */
    public Builder condition(Expression meets) {
      condition = meets;
      return this;
    }

    /** Sets the columns of the result; without it all columns that the type lets out. */
    public Builder outputs(List<? extends Expression> columns) {
      outputs = List.copyOf(columns);
      return this;
    }

    /**
     * Makes the description.
     *
     * @throws IllegalArgumentException when the parts do not fit each other
     */
    public JoinSpec build() {
      List<? extends Expression> columns = outputs;
      if (columns == null) {
        columns = new JoinedRow(type, buildSide, probe, build).visible();
      }
      return new JoinSpec(
          type, buildSide, probe, probeKeys, build, condition, List.copyOf(columns));
    }
  }

  /** Returns the probe side's pipeline with its projections substituted away. */
  FusedPipeline fusedProbe() {
    return FusedPipeline.of(probe);
  }
}
