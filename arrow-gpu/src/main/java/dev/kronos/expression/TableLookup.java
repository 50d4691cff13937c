// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.Objects;

/**
 * Finds the row of a table whose keys equal some values: an INT32, the number of one such row, or
 * -1 where there is none or a value is null. Columns of the table and its slots are side columns of
 * the kernel, with rows of their own.
 *
 * <p>The slots are those of {@code dev.kronos.operator.join}: a word each, 0 or 1 and the number of
 * a row. A key finds its slot by its hash and the slots after it, up to an empty one, or where keys
 * are integers close together by its distance from the smallest.
 *
 * @param keys values to look for; integers, booleans, decimals or strings
 * @param table where the table lies
 */
public record TableLookup(List<Expression> keys, Table table) implements Expression {
  /** The number that stands for no row. */
  public static final int NONE = -1;

  /**
   * Says where a table lies.
   *
   * @param keyColumns for each key the input column that holds the table's keys
   * @param slots the input column of the slots
   * @param capacity how many slots there are, an INT64; a power of two where keys are hashed
   * @param smallest the key of the first slot, an INT64, or null where keys are hashed
   */
  public record Table(List<Integer> keyColumns, int slots, Literal capacity, Literal smallest) {
    /** Copies the list. */
    public Table {
      keyColumns = List.copyOf(keyColumns);
      Objects.requireNonNull(capacity, "capacity");
    }

    /** Tells whether keys number the slots. */
    boolean isDense() {
      return smallest != null;
    }
  }

  /** Checks that there is a column for each key, and one key where keys number the slots. */
  public TableLookup {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.size() != table.keyColumns.size()) {
      throw new IllegalArgumentException("keys do not fit the table: keys=" + keys);
    }
    if (keys.stream().anyMatch(key -> key.type().isFloating())) {
      throw new IllegalArgumentException("floating keys of a table: keys=" + keys);
    }
    if (table.isDense() && keys.size() > 1) {
      throw new IllegalArgumentException("several keys number slots: keys=" + keys);
    }
  }

  @Override
  public DataType type() {
    return DataType.INT32;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public List<Expression> children() {
    return keys;
  }

  @Override
  public String toString() {
    return Children.text("lookup(#" + table.slots + ", ", keys, ")");
  }
}
