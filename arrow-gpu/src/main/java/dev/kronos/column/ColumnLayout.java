// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import java.util.Objects;

/**
 * Describes everything about a column that generated code depends on. Immutable; equal layouts
 * share kernels.
 *
 * @param type what the values mean
 * @param storage how the values lie in memory; must hold every value of {@code type}
 * @param validity how nulls are marked, whenever a batch has a validity buffer
 * @param nullability whether nulls may occur at all
 */
public record ColumnLayout(
    DataType type, Storage storage, Validity validity, Nullability nullability) {

  /** Checks the parts; throws IllegalArgumentException when the storage cannot hold the type. */
  public ColumnLayout {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(validity, "validity");
    Objects.requireNonNull(nullability, "nullability");
    if (!storage.holds(type)) {
      throw new IllegalArgumentException(
          "storage cannot hold type: storage=" + storage + " type=" + type);
    }
  }

  /** Makes the layout of device columns: narrowest storage and Arrow validity bits. */
  public static ColumnLayout of(DataType type, Nullability nullability) {
    return new ColumnLayout(type, Storage.narrowest(type), Validity.BITS, nullability);
  }

  /** Makes the layout of Arrow vectors, nullable: boolean bits, 16-byte decimals. */
  public static ColumnLayout arrow(DataType type) {
    Storage storage =
        switch (type.kind()) {
          case BOOLEAN -> Storage.BITS;
          case DECIMAL -> Storage.INT128;
          default -> Storage.narrowest(type);
        };
    return new ColumnLayout(type, storage, Validity.BITS, Nullability.NULLABLE);
  }

  /** Tells whether a batch of this layout may hold nulls. */
  public boolean nullable() {
    return nullability == Nullability.NULLABLE;
  }
}
