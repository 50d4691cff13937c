// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.compute.GroupAggregate.Function;
import java.util.EnumSet;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Holds an aggregate over the columns of a {@link GroupInput}.
 *
 * @param aggregate what is computed
 * @param of name and Arrow type of the values; null when there are none
 */
record GroupCall(TableAggregate aggregate, Field of) {
  private static final Set<Function> SPREADS = EnumSet.of(Function.VARIANCE, Function.STDDEV);

  /** Tells whether it takes distances from a mean, which is found before. */
  boolean isSpread() {
    return SPREADS.contains(aggregate.function());
  }

  boolean isDistinct() {
    return aggregate.function() == Function.COUNT_DISTINCT;
  }

  /** Tells whether one pass over the rows is enough. */
  boolean isOnePass() {
    return !isSpread() && !isDistinct();
  }

  /** A result of the type of its values is of their Arrow type, timestamps in their zone. */
  Field field(DataType type) {
    ArrowType arrowType = ArrowColumns.arrowType(type);
    if (of != null && ArrowColumns.findDataType(of.getType()).filter(type::equals).isPresent()) {
      arrowType = of.getType();
    }
    return new Field(aggregate.name(), FieldType.nullable(arrowType), null);
  }
}
