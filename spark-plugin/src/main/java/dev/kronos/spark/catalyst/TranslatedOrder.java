// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.sort.OrderSpec;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;

/**
 * Holds a translated order and the names of what is given out. Immutable.
 *
 * @param spec what the device runs
 * @param output the columns given out, with the nullability that they have on the device
 */
public record TranslatedOrder(OrderSpec spec, List<Attribute> output) {

  /** Copies the list. */
  public TranslatedOrder {
    output = List.copyOf(output);
  }
}
