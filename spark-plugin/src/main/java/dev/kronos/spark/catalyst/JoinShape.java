// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.join.BuildSide;
import dev.kronos.operator.join.JoinType;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.optimizer.BuildLeft$;
import org.apache.spark.sql.catalyst.plans.Cross$;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.LeftAnti$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.LeftSemi$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;

/**
 * Holds what a join computes, in Spark's expressions. Immutable.
 *
 * @param type the kind of join
 * @param buildSide which side of the query is the build side
 * @param leftKeys keys of the left side; empty for joins without equality
 * @param rightKeys keys of the right side, one for each of the left
 * @param condition what pairs must meet besides equal keys; none or one
 * @param output the columns that leave the join
 */
public record JoinShape(
    JoinType type,
    BuildSide buildSide,
    List<Expression> leftKeys,
    List<Expression> rightKeys,
    List<Expression> condition,
    List<Attribute> output)
    implements Serializable {
  private static final Map<Object, JoinType> TYPES =
      Map.of(
          Inner$.MODULE$, JoinType.INNER,
          Cross$.MODULE$, JoinType.INNER,
          LeftOuter$.MODULE$, JoinType.LEFT_OUTER,
          RightOuter$.MODULE$, JoinType.RIGHT_OUTER,
          FullOuter$.MODULE$, JoinType.FULL_OUTER,
          LeftSemi$.MODULE$, JoinType.LEFT_SEMI,
          LeftAnti$.MODULE$, JoinType.LEFT_ANTI);

  /** Copies the lists. */
  public JoinShape {
    leftKeys = List.copyOf(leftKeys);
    rightKeys = List.copyOf(rightKeys);
    condition = List.copyOf(condition);
    output = List.copyOf(output);
  }

  /** Returns the kind of one of Spark's joins, or nothing where the device has none like it. */
  public static Optional<JoinType> type(org.apache.spark.sql.catalyst.plans.JoinType type) {
    return type instanceof ExistenceJoin
        ? Optional.of(JoinType.EXISTENCE)
        : Optional.ofNullable(TYPES.get(type));
  }

  /** Returns a side as the device's joins name it. */
  public static BuildSide side(org.apache.spark.sql.catalyst.optimizer.BuildSide side) {
    return side.equals(BuildLeft$.MODULE$) ? BuildSide.LEFT : BuildSide.RIGHT;
  }

  /** Returns the keys of the build side. */
  public List<Expression> buildKeys() {
    return buildSide == BuildSide.LEFT ? leftKeys : rightKeys;
  }

  /** Returns the keys of the probe side. */
  public List<Expression> probeKeys() {
    return buildSide == BuildSide.LEFT ? rightKeys : leftKeys;
  }

  /** Tells whether rows of the build side come out that depend on the whole probe side. */
  public boolean dependsOnWholeProbeSide() {
    boolean buildsLeft = buildSide == BuildSide.LEFT;
    return switch (type) {
      case INNER -> false;
      case FULL_OUTER -> true;
      case RIGHT_OUTER -> !buildsLeft;
      case LEFT_OUTER, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, EXISTENCE -> buildsLeft;
    };
  }
}
