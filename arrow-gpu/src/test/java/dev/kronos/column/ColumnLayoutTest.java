// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ColumnLayoutTest {
  @Test
  void decimalsTakeTheNarrowestStorage() {
    assertThat(Storage.narrowest(DataType.decimal(9, 2))).isEqualTo(Storage.INT32);
    assertThat(Storage.narrowest(DataType.decimal(10, 2))).isEqualTo(Storage.INT64);
    assertThat(Storage.narrowest(DataType.decimal(18, 2))).isEqualTo(Storage.INT64);
    assertThat(Storage.narrowest(DataType.decimal(19, 2))).isEqualTo(Storage.INT128);
  }

  @Test
  void storageHoldsWhatFits() {
    assertThat(Storage.INT8.holds(DataType.decimal(2, 0))).isTrue();
    assertThat(Storage.INT8.holds(DataType.decimal(3, 0))).isFalse();
    assertThat(Storage.INT32.holds(DataType.decimal(9, 0))).isTrue();
    assertThat(Storage.INT32.holds(DataType.decimal(10, 0))).isFalse();
    assertThat(Storage.INT128.holds(DataType.decimal(38, 0))).isTrue();
    assertThat(Storage.FLOAT64.holds(DataType.decimal(2, 0))).isFalse();
    assertThat(Storage.INT8.holds(DataType.BOOLEAN)).isTrue();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> DataType.decimal(39, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DataType.decimal(5, 6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new ColumnLayout(
                    DataType.INT64, Storage.INT32, Validity.BITS, Nullability.NON_NULL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("storage=INT32 type=bigint");
  }

  @Test
  void arrowLayoutsAreArrows() {
    assertThat(ColumnLayout.arrow(DataType.BOOLEAN).storage()).isEqualTo(Storage.BITS);
    assertThat(ColumnLayout.arrow(DataType.decimal(5, 2)).storage()).isEqualTo(Storage.INT128);
    assertThat(ColumnLayout.arrow(DataType.DATE).validity()).isEqualTo(Validity.BITS);
    assertThat(Storage.BITS.sizeBytes(9)).isEqualTo(2);
    assertThatThrownBy(() -> Storage.UTF8.sizeBytes(1))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
