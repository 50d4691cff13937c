// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.column.DataType;
import dev.kronos.compute.ColumnOrder;
import dev.kronos.compute.DeviceTable;
import dev.kronos.compute.Functions;
import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.compute.Scalar;
import dev.kronos.compute.TableAggregate;
import dev.kronos.expression.Expression;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds and runs the code of {@code docs/arrow/tables.md}. */
class TableExamplesTest {
  private Kronos kronos;
  private IntVector quantity;
  private Float8Vector price;
  private VarCharVector item;

  @BeforeEach
  void openDevice() {
    kronos = Kronos.open(KronosOptions.fromEnvironment());
    quantity = new IntVector("quantity", kronos.allocator());
    price = new Float8Vector("price", kronos.allocator());
    item = new VarCharVector("item", kronos.allocator());
    for (int row = 0; row < 4; row++) {
      quantity.setSafe(row, row);
      price.setSafe(row, 2.5 * row);
      item.setSafe(row, ("item " + row).getBytes(StandardCharsets.UTF_8));
    }
    quantity.setNull(2);
    quantity.setValueCount(4);
    price.setValueCount(4);
    item.setValueCount(4);
  }

  @AfterEach
  void closeDevice() {
    item.close();
    price.close();
    quantity.close();
    kronos.close();
  }

  private static List<Expression> columns(DeviceTable goods) {
    Expression count = Functions.cast(DataType.FLOAT64).of(goods.column("quantity"));
    return List.of(goods.column("item"), Functions.MULTIPLY.of(goods.column("price"), count));
  }

  private static Expression above(Expression number, double limit) {
    return Functions.GREATER.of(number, Scalar.of(limit).literal());
  }

  @Test
  void steps() {
    try (DeviceTable goods = DeviceTable.of(kronos, item, price, quantity);
        DeviceTable known = goods.where(Functions.IS_VALID.of(goods.column("quantity")));
        DeviceTable totals = known.select(List.of("item", "total"), columns(known));
        DeviceTable large = totals.where(above(totals.column("total"), 2.0));
        VectorSchemaRoot rows = large.read()) {
      System.out.println(rows.getVector("item")); // [item 1, item 3]
      double most = totals.max(totals.column("total")).asDouble(); // 22.5
      assertThat(rows.getVector("item").toString()).isEqualTo("[item 1, item 3]");
      assertThat(most).isEqualTo(22.5);
    }
  }

  @Test
  void furtherSteps() {
    try (DeviceTable goods = DeviceTable.of(kronos, item, price, quantity)) {
      List<TableAggregate> aggregates =
          List.of(TableAggregate.of("worth", Function.SUM, goods.column("price")));
      try (DeviceTable sums = goods.groupBy(List.of("quantity"), aggregates);
          DeviceTable joined = goods.inner(sums, "quantity");
          DeviceTable sorted = joined.sort(ColumnOrder.descending("worth"));
          DeviceTable dearest = sorted.first(2);
          VectorSchemaRoot rows = dearest.read()) {
        System.out.println(rows.getVector("item")); // [item 3, item 1]
        System.out.println(rows.getVector("worth")); // [7.5, 2.5]
        assertThat(rows.getVector("item").toString()).isEqualTo("[item 3, item 1]");
        assertThat(rows.getVector("worth").toString()).isEqualTo("[7.5, 2.5]");
      }
    }
  }
}
