// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;

/** Writes look-ups in tables, and reads of their columns. */
final class GlslTables {
  private final GlslEmitter out;

  GlslTables(GlslEmitter out) {
    this.out = out;
  }

  /** Reads nothing where there is no row, also where nobody is going to look at the value. */
  GlslValue column(TableColumn e) {
    ColumnLayout layout = out.input(e.index());
    Types.requireSame("column " + e.index(), layout.type(), e.type());
    GlslValue number = out.emit(e.row());
    Register register = Register.of(layout.type());
    String column = define("Column", "c", "KRONOS_COLUMN(" + e.index() + ")");
    InputRow row = new InputRow(define("uint", "r", "uint(" + number.value() + ")"), "false");
    String exists = number.value() + " >= 0";
    String isNull = GlslValue.NEVER;
    if (e.nullable()) {
      isNull = out.define("bool", "true");
      String marked = layout.nullable() ? GlslLeaves.isNull(column, layout, row) : "false";
      out.append("if (" + exists + ") { " + isNull + " = " + marked + "; }");
      exists = "!" + isNull;
    }
    String value = out.define(register.glsl(), register.zero());
    String load = GlslLeaves.load(column, layout, row);
    out.append("if (" + exists + ") { " + value + " = " + load + "; }");
    return new GlslValue(value, isNull, layout.type());
  }

  /**
   * Reads a number of the table from a slot of its own: that it equals another one by chance must
   * not make another kernel.
   */
  private String number(Literal literal) {
    String slot = "KRONOS_LITERAL(" + out.literals().block(List.of(literal)) + ")";
    return out.define("int64_t", GlslLeaves.read(Register.LONG, slot, "0u"));
  }

  private String define(String type, String prefix, String value) {
    String name = out.name(prefix);
    out.append(type + " " + name + " = " + value + ";");
    return name;
  }

  GlslValue lookup(TableLookup e) {
    List<GlslValue> keys = e.keys().stream().map(out::emit).toList();
    TableLookup.Table table = e.table();
    String capacity = number(table.capacity());
    String slots = out.define("uint64_t", "KRONOS_COLUMN(" + table.slots() + ").values");
    String found = out.define("int", Integer.toString(TableLookup.NONE));
    String unmatchable = "false";
    for (GlslValue key : keys) {
      unmatchable = GlslOperands.or(unmatchable, key.isNull());
    }
    String smallest = table.isDense() ? number(table.smallest()) : null;
    out.append("if (" + GlslOperands.not(unmatchable) + ") {");
    if (table.isDense()) {
      place(keys.get(0), capacity, smallest, slots, found);
    } else {
      probe(keys, stored(table, keys), capacity, slots, found);
    }
    out.append("}");
    return new GlslValue(found, GlslValue.NEVER, DataType.INT32);
  }

  /** Takes the slot whose number the key is. */
  private void place(GlslValue key, String capacity, String smallest, String slots, String found) {
    String wide = key.register().convert(key.value(), Register.LONG);
    String place = out.name("p");
    out.append("  uint64_t %s = uint64_t(%s) - uint64_t(%s);".formatted(place, wide, smallest));
    out.append(
        "  if (%1$s < uint64_t(%2$s)) { %3$s = int(BufferU32(%4$s).v[uint(%1$s)]) - 1; }"
            .formatted(place, capacity, found, slots));
  }

  /** Looks at one slot after the other from the one of the hash on. */
  private void probe(
      List<GlslValue> keys, Stored stored, String capacity, String slots, String found) {
    String mask = out.name("m");
    String slot = out.name("s");
    String turn = out.name("i");
    out.append("  uint %s = uint(%s) - 1u;".formatted(mask, capacity));
    out.append("  uint %s = uint(%s) & %s;".formatted(slot, hash(keys), mask));
    out.append("  for (uint %1$s = 0u; %1$s <= %2$s; %1$s++) {".formatted(turn, mask));
    out.append("    uint %s = BufferU32(%s).v[%s];".formatted(stored.row, slots, slot));
    out.append("    if (%s == 0u) { break; }".formatted(stored.row));
    out.append("    %s--;".formatted(stored.row));
    out.append(
        "    if (%s) { %s = int(%s); break; }".formatted(equal(keys, stored), found, stored.row));
    out.append("    %1$s = (%1$s + 1u) & %2$s;".formatted(slot, mask));
    out.append("  }");
  }

  /** Holds code that reads the keys of the row in a variable. */
  private record Stored(String row, List<GlslValue> keys) {}

  private Stored stored(TableLookup.Table table, List<GlslValue> keys) {
    String row = out.name("o");
    List<GlslValue> stored = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      int index = table.keyColumns().get(i);
      ColumnLayout layout = out.input(index);
      Types.requireSame("key " + i, layout.type(), keys.get(i).type());
      String column = define("Column", "c", "KRONOS_COLUMN(" + index + ")");
      String load = GlslLeaves.load(column, layout, new InputRow(row, "false"));
      stored.add(new GlslValue(load, GlslValue.NEVER, layout.type()));
    }
    return new Stored(row, stored);
  }

  private String equal(List<GlslValue> keys, Stored stored) {
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      terms.add(
          "("
              + GlslComparisons.code(out, Comparison.Operator.EQ, keys.get(i), stored.keys.get(i))
              + ")");
    }
    return String.join(" && ", terms);
  }

  /** Returns code of the hash by which the table was made: that of operator.pipeline.KeyCode. */
  private String hash(List<GlslValue> keys) {
    out.include("hash.glsl");
    String hash = "HASH_SEED";
    for (GlslValue key : keys) {
      String function = "hash_" + GlslHashes.suffix(key.register());
      if (key.register() == Register.TEXT) {
        out.include("string.glsl");
        function = "str_hash";
      }
      hash = function + "(" + hash + ", " + key.value() + ")";
    }
    return hash;
  }
}
