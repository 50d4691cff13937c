// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Says what of an expression or a function of Spark's runs on the device; translation, the log and
 * the documentation go by it. Immutable.
 *
 * @param sql how it is written; empty for what only Spark's planner writes
 * @param types what its first operand may be of
 * @param restrictions when it stays on the CPU all the same
 */
public record Coverage(String sql, TypeSet types, List<Restriction> restrictions) {
  /** The type of an operand is one that columns may have, but not for this. */
  public static final Restriction OPERAND_TYPE =
      new Restriction(
          "operand type is not supported", "an operand is of a type that its line does not name");

  /** Copies the list. */
  public Coverage {
    restrictions = List.copyOf(restrictions);
  }

  /** Makes the coverage of something that is written in SQL. */
  static Coverage of(String sql, TypeSet types, Restriction... restrictions) {
    return new Coverage(sql, types, List.of(restrictions));
  }

  /** Makes the coverage of something that only Spark's planner writes. */
  static Coverage internal(TypeSet types) {
    return of("", types);
  }

  /** Leaves the translation when the first operand of {@code name} is of a type not covered. */
  void require(String name, org.apache.spark.sql.types.DataType operand) {
    // Operands of any type are judged where they are translated themselves.
    if (types == TypeSet.ALL || types == TypeSet.NONE) {
      return;
    }
    // The device's type of an interval is a number, which what takes numbers must not get.
    boolean interval = TypeTranslator.isInterval(operand);
    DataType own = TypeTranslator.requireName(operand);
    if (interval ? !types.takesIntervals() : !types.contains(own)) {
      Object named = interval ? operand.catalogString() : own;
      throw OPERAND_TYPE.refusal(name + " of " + named + ", supported=" + types.words());
    }
  }
}
