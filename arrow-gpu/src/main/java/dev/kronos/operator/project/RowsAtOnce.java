// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import dev.kronos.expression.Or;
import java.util.List;

/**
 * Decides which code is written out for several rows: their loads are then under way at once, which
 * hides how long they take. Only short code that cannot fail is, for the sake of compilers.
 */
final class RowsAtOnce {
  private static final int MOVED_ROWS = 8;

  /** Columns, and columns of bits, whose tiles fit the shared memory of every device. */
  private static final int MOVED_COLUMNS = 24;

  private static final int TESTED_PARTS = 8;

  private RowsAtOnce() {}

  /** Returns how many rows an invocation writes: several where values are only moved. */
  static int written(List<Expression> outputs) {
    boolean few = outputs.size() <= MOVED_COLUMNS && bitColumns(outputs) <= MOVED_COLUMNS;
    return few && outputs.stream().allMatch(RowsAtOnce::isMoved) ? MOVED_ROWS : 1;
  }

  private static long bitColumns(List<Expression> outputs) {
    long booleans = outputs.stream().filter(e -> e.type().equals(DataType.BOOLEAN)).count();
    return booleans + outputs.stream().filter(Expression::nullable).count();
  }

  /** Tells whether a value lies in a column as it is, or else is null or a constant. */
  private static boolean isMoved(Expression e) {
    return (e instanceof CaseWhen || e instanceof IsNull || isGiven(e))
        && e.children().stream().allMatch(RowsAtOnce::isMoved);
  }

  private static boolean isGiven(Expression e) {
    return e instanceof ColumnReference || e instanceof Literal;
  }

  /** Tells whether conditions are short enough for several rows. */
  static boolean tested(List<Expression> conditions) {
    return conditions.stream().mapToInt(RowsAtOnce::parts).sum() <= TESTED_PARTS
        && conditions.stream().allMatch(RowsAtOnce::isTest);
  }

  private static int parts(Expression e) {
    return 1 + e.children().stream().mapToInt(RowsAtOnce::parts).sum();
  }

  private static boolean isTest(Expression e) {
    boolean isTest =
        e instanceof Comparison
            || e instanceof And
            || e instanceof Or
            || e instanceof Not
            || e instanceof IsNull
            || e instanceof IsNotNull
            || (isGiven(e) && !e.type().equals(DataType.STRING));
    return isTest && e.children().stream().allMatch(RowsAtOnce::isTest);
  }
}
