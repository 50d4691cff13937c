// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;

/** Writes reads of columns and constants. */
final class GlslLeaves {
  private final GlslEmitter out;

  GlslLeaves(GlslEmitter out) {
    this.out = out;
  }

  /** Reads a column at the start of the innermost row block, where it serves the whole block. */
  GlslValue column(ColumnReference e) {
    ColumnLayout layout = out.input(e.index());
    Types.requireSame("column " + e.index(), layout.type(), e.type());
    InputRow row = out.row(e.index());
    if (row.held() != null) {
      boolean marked = e.nullable() && layout.nullable();
      return new GlslValue(
          row.held(), marked ? HeldColumns.nullName(row.held()) : GlslValue.NEVER, layout.type());
    }
    GlslScope scope = out.loadScope();
    String column = out.name("c");
    scope.load("Column " + column + " = KRONOS_COLUMN(" + e.index() + ");");
    GlslValue value =
        row.mayBeAbsent() || (e.nullable() && layout.nullable())
            ? nullable(scope, column, layout, row)
            : required(scope, column, layout, row);
    scope.remember(e, value);
    return value;
  }

  private GlslValue required(GlslScope scope, String column, ColumnLayout layout, InputRow row) {
    String value = out.name("v");
    String type = Register.of(layout.type()).glsl();
    scope.load(type + " " + value + " = " + load(column, layout, row) + ";");
    return new GlslValue(value, GlslValue.NEVER, layout.type());
  }

  /** Does not read null rows: their dictionary ids and offsets may point anywhere. */
  private GlslValue nullable(GlslScope scope, String column, ColumnLayout layout, InputRow row) {
    Register register = Register.of(layout.type());
    String value = out.name("v");
    String isNull = out.name("n");
    scope.load("bool " + isNull + " = " + isNull(column, layout, row) + ";");
    scope.load(register.glsl() + " " + value + " = " + register.zero() + ";");
    scope.load("if (!" + isNull + ") { " + value + " = " + load(column, layout, row) + "; }");
    return new GlslValue(value, isNull, layout.type());
  }

  static String isNull(String column, ColumnLayout layout, InputRow row) {
    String valid = layout.validity() == Validity.BITS ? "bits" : "bytes";
    String marked = "!column_valid_" + valid + "(" + column + ", " + row.row() + ")";
    if (!row.mayBeAbsent()) {
      return marked;
    }
    return layout.nullable() ? row.absent() + " || " + marked : row.absent();
  }

  static String load(String column, ColumnLayout layout, InputRow row) {
    Register register = Register.of(layout.type());
    String suffix = suffix(layout.storage(), register);
    String read = "column_load_" + suffix + "(" + column + ", " + row.row() + ")";
    Register stored = stored(layout.storage());
    return stored == null || register == Register.BOOL ? read : stored.convert(read, register);
  }

  private static String suffix(Storage storage, Register register) {
    return switch (storage) {
      case BITS -> "bits";
      case INT8 -> register == Register.BOOL ? "bool8" : "i8";
      case INT16 -> "i16";
      case INT32 -> "i32";
      case INT64 -> "i64";
      case INT128 -> "i128";
      case FLOAT32 -> "f32";
      case FLOAT64 -> "f64";
      case UTF8 -> "utf8";
    };
  }

  /** Returns the integer register that a load gives, or null for other values. */
  private static Register stored(Storage storage) {
    return switch (storage) {
      case INT8, INT16, INT32 -> Register.INT;
      case INT64 -> Register.LONG;
      case INT128 -> Register.WIDE;
      default -> null;
    };
  }

  /** Reads a constant once for the whole row. */
  GlslValue literal(Literal e) {
    Register register = Register.of(e.type());
    if (e.nullable()) {
      return new GlslValue(register.zero(), GlslValue.ALWAYS, e.type());
    }
    String name = out.name("k");
    String slot = "KRONOS_LITERAL(" + out.literals().slot(e) + ")";
    out.rowScope().load(register.glsl() + " " + name + " = " + read(register, slot, "0u") + ";");
    GlslValue value = new GlslValue(name, GlslValue.NEVER, e.type());
    out.rowScope().remember(e, value);
    return value;
  }

  /** Returns code that reads the {@code index}-th slot from {@code slots}. */
  static String read(Register register, String slots, String index) {
    return switch (register) {
      case BOOL -> "literal_bool(" + slots + ", " + index + ")";
      case INT -> "literal_i32(" + slots + ", " + index + ")";
      case LONG -> "literal_i64(" + slots + ", " + index + ")";
      case FLOAT -> "literal_f32(" + slots + ", " + index + ")";
      case DOUBLE -> "literal_f64(" + slots + ", " + index + ")";
      case WIDE -> "literal_i128(" + slots + ", " + index + ")";
      case TEXT -> "expression_literal_str(KRONOS_LITERAL(0), " + slots + ", " + index + ")";
    };
  }
}
