// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.MonotonicallyIncreasingID;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.expressions.Randn;
import org.apache.spark.sql.catalyst.expressions.SparkPartitionID;
import org.apache.spark.sql.catalyst.expressions.Subtract;

/**
 * Holds a filter or projection, and apart from it the values that Spark computes of a row's place
 * alone: random numbers, numbers of rows and of partitions. Spark draws them one row after the
 * other, and so does the processor here, for the device to go on with. Immutable.
 *
 * @param drawn the values, each with a name; none where the step draws nothing
 * @param step what happens to rows, of which these values are columns
 */
public record DrawnValues(List<NamedExpression> drawn, SparkStep step) {
  /** A value would be drawn for some rows and not for others. */
  public static final Restriction SOME_ROWS =
      new Restriction(
          "values are drawn for some rows only",
          "such as random numbers behind AND, in a branch, or beside what may be null");

  private static final Set<Class<?>> OF_ROWS =
      Set.of(Rand.class, Randn.class, MonotonicallyIncreasingID.class);

  /** Evaluate their first operand, and the second wherever the first is not null. */
  private static final Set<Class<?>> SUMS = Set.of(Add.class, Subtract.class, Multiply.class);

  /** Copies the list. */
  public DrawnValues {
    drawn = List.copyOf(drawn);
  }

  /** Takes the values out of a step. */
  public static DrawnValues of(SparkStep step) {
    List<NamedExpression> drawn = new ArrayList<>();
    SparkStep rest = step.mapped(e -> isDrawn(e) ? Optional.of(taken(e, drawn)) : Optional.empty());
    return new DrawnValues(drawn, rest);
  }

  private static Attribute taken(Expression value, List<NamedExpression> drawn) {
    NamedExpression named =
        SparkOrder.named(value, value.prettyName(), NamedExpression$.MODULE$.newExprId());
    drawn.add(named);
    return named.toAttribute();
  }

  private static boolean isDrawn(Expression e) {
    return e instanceof SparkPartitionID || isOfRow(e);
  }

  private static boolean isOfRow(Expression e) {
    return OF_ROWS.contains(e.getClass());
  }

  /** Returns the lines of the documentation. */
  public static List<CatalogLine> lines() {
    return List.of(
        line(Rand.class, "rand(1)", SOME_ROWS),
        line(Randn.class, "randn(1)", SOME_ROWS),
        line(MonotonicallyIncreasingID.class, "monotonically_increasing_id()", SOME_ROWS),
        line(SparkPartitionID.class, "spark_partition_id()"));
  }

  private static CatalogLine line(Class<?> type, String sql, Restriction... restrictions) {
    Coverage coverage = Coverage.of(sql, TypeSet.NONE, restrictions);
    return new CatalogLine("Values of a row's place", type.getSimpleName(), coverage);
  }

  /**
   * Returns why a step stays on the CPU, if it does: the tenth number that Spark draws is that of
   * the tenth row only where each row draws one.
   */
  public static Optional<String> obstacle(SparkStep step) {
    return step.roots().stream().allMatch(DrawnValues::drawsAlways)
        ? Optional.empty()
        : Optional.of(SOME_ROWS.about(SOME_ROWS.when()));
  }

  private static boolean drawsAlways(Expression e) {
    List<Expression> children = ScalaCollections.list(e.children());
    for (int i = 0; i < children.size(); i++) {
      if (draws(children.get(i))
          && !(drawsAlways(children.get(i)) && isEvaluatedAlways(e, children, i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean draws(Expression e) {
    return isOfRow(e) || ScalaCollections.list(e.children()).stream().anyMatch(DrawnValues::draws);
  }

  /** Tells whether a node evaluates one of its children in each row. */
  private static boolean isEvaluatedAlways(Expression e, List<Expression> children, int child) {
    List<Expression> others = new ArrayList<>(children);
    others.remove(child);
    return others.stream().allMatch(Expression::foldable)
        || (child == 0 && (e instanceof If || e instanceof CaseWhen || isOfBoth(e)))
        || (isOfBoth(e) && others.stream().noneMatch(Expression::nullable));
  }

  private static boolean isOfBoth(Expression e) {
    boolean comparison = e instanceof BinaryComparison && !(e instanceof EqualNullSafe);
    return comparison || SUMS.contains(e.getClass());
  }
}
