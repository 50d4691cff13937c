// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.types.StructField;

/**
 * Takes the last step of a scalar subquery apart that Spark's optimiser made of several over the
 * same rows: it packs their values into a struct, as such a subquery has one column. The device
 * computes the values; Spark packs the one row that leaves it. Immutable.
 *
 * @param values the values of the subqueries, each with a name
 * @param struct the struct of these values, as columns
 */
public record MergedSubqueries(List<NamedExpression> values, NamedExpression struct) {
  /** What Spark does. */
  public static final String PACKING = "packing of the values of merged subqueries, as a struct";

  /** How Spark's optimiser calls the struct. */
  private static final String STRUCT = "mergedValue";

  /** Copies the list. */
  public MergedSubqueries {
    values = List.copyOf(values);
  }

  /** Takes a projection apart, if it is such a step. */
  public static Optional<MergedSubqueries> of(List<NamedExpression> projection) {
    return projection.size() == 1
            && projection.get(0) instanceof Alias alias
            && alias.name().equals(STRUCT)
            && alias.child() instanceof CreateNamedStruct struct
        ? Optional.of(of(alias, struct))
        : Optional.empty();
  }

  private static MergedSubqueries of(Alias alias, CreateNamedStruct struct) {
    List<Expression> computed = ScalaCollections.list(struct.valExprs());
    List<Expression> names = ScalaCollections.list(struct.nameExprs());
    StructField[] fields = struct.dataType().fields();
    List<NamedExpression> values = new ArrayList<>();
    List<Expression> packed = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      NamedExpression value =
          SparkOrder.named(computed.get(i), fields[i].name(), NamedExpression$.MODULE$.newExprId());
      values.add(value);
      packed.add(names.get(i));
      packed.add(value.toAttribute());
    }
    CreateNamedStruct ofColumns = new CreateNamedStruct(ScalaCollections.seq(packed));
    return new MergedSubqueries(values, SparkOrder.named(ofColumns, alias.name(), alias.exprId()));
  }

  /** Tells whether there is more to do than packing: a value is not just a column. */
  public boolean computes() {
    return !values.stream()
        .map(value -> ((Alias) value).child())
        .allMatch(Attribute.class::isInstance);
  }
}
