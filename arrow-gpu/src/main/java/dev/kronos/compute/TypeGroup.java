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
  INTEGERS(EnumSet.of(Kind.INT8, Kind.INT16, Kind.INT32, Kind.INT64)),
  FLOATS(EnumSet.of(Kind.FLOAT32, Kind.FLOAT64)),
  INTEGERS_AND_FLOATS(
      EnumSet.of(Kind.INT8, Kind.INT16, Kind.INT32, Kind.INT64, Kind.FLOAT32, Kind.FLOAT64)),
  NUMBERS(
      EnumSet.of(
          Kind.INT8, Kind.INT16, Kind.INT32, Kind.INT64, Kind.FLOAT32, Kind.FLOAT64, Kind.DECIMAL)),
  STRINGS(EnumSet.of(Kind.STRING)),
  DATES(EnumSet.of(Kind.DATE)),
  ALL_BUT_STRINGS(EnumSet.complementOf(EnumSet.of(Kind.STRING))),
  ALL(EnumSet.allOf(Kind.class));

  private final Set<Kind> kinds;

  TypeGroup(EnumSet<Kind> kinds) {
    this.kinds = Collections.unmodifiableSet(kinds);
  }

  Set<Kind> kinds() {
    return kinds;
  }

  boolean contains(DataType type) {
    return kinds.contains(type.kind());
  }
}
