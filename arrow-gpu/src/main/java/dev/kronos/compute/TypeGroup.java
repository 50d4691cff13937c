// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Names the sets of types that functions take. */
enum TypeGroup {
  BOOLEANS(EnumSet.of(Kind.BOOLEAN)),
  UNSIGNED(EnumSet.of(Kind.UINT8, Kind.UINT16, Kind.UINT32, Kind.UINT64)),
  INTEGERS(union(EnumSet.of(Kind.INT8, Kind.INT16, Kind.INT32, Kind.INT64), UNSIGNED)),
  FLOATS(EnumSet.of(Kind.FLOAT16, Kind.FLOAT32, Kind.FLOAT64)),
  INTEGERS_AND_FLOATS(union(EnumSet.noneOf(Kind.class), INTEGERS, FLOATS)),
  NUMBERS(union(EnumSet.of(Kind.DECIMAL), INTEGERS_AND_FLOATS)),
  SIGNED_NUMBERS(
      union(EnumSet.of(Kind.DECIMAL, Kind.INT8, Kind.INT16, Kind.INT32, Kind.INT64), FLOATS)),
  INT32S(EnumSet.of(Kind.INT32)),
  SIGNED_EXACT(EnumSet.of(Kind.DECIMAL, Kind.INT8, Kind.INT16, Kind.INT32, Kind.INT64)),
  STRINGS(EnumSet.of(Kind.STRING)),
  BINARIES(EnumSet.of(Kind.BINARY)),
  BYTES(EnumSet.of(Kind.STRING, Kind.BINARY)),
  DATES(EnumSet.of(Kind.DATE)),
  INSTANTS(EnumSet.of(Kind.TIMESTAMP)),
  CLOCKS(EnumSet.of(Kind.TIMESTAMP_NTZ)),
  DATES_AND_CLOCKS(union(EnumSet.of(Kind.DATE), CLOCKS)),
  FLOATS_WRITTEN(EnumSet.of(Kind.FLOAT32, Kind.FLOAT64)),
  WRITTEN(
      union(EnumSet.of(Kind.BOOLEAN, Kind.DECIMAL), INTEGERS, FLOATS_WRITTEN, DATES_AND_CLOCKS)),
  ALL(EnumSet.allOf(Kind.class));

  private final Set<Kind> kinds;

  TypeGroup(EnumSet<Kind> kinds) {
    this.kinds = Collections.unmodifiableSet(kinds);
  }

  private static EnumSet<Kind> union(EnumSet<Kind> own, TypeGroup... groups) {
    EnumSet<Kind> all = EnumSet.copyOf(own);
    for (TypeGroup group : groups) {
      all.addAll(group.kinds);
    }
    return all;
  }

  Set<Kind> kinds() {
    return kinds;
  }

  boolean contains(DataType type) {
    return kinds.contains(type.kind());
  }
}
