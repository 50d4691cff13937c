// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.DeviceExtension;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.ErrorMode;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups keys that all belong to the same slot of a table, however large, one of hash 0 too. */
@Tag("subgroups")
class CrowdedKeysTest {
  private static final int GROUPS = 2500;

  /** As hash.glsl has them. */
  private static final long FIRST = 0x9E3779B97F4A7C15L;

  private static final long SECOND = 0xBF58476D1CE4E5B9L;
  private static final long THIRD = 0x94D049BB133111EBL;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  /** Returns what an odd number times gives 1, by Newton's iteration: 3 bits, then 6, 12, ... */
  private static long inverse(long odd) {
    long x = odd;
    for (int bits = 3; bits < Long.SIZE; bits *= 2) {
      x *= 2 - odd * x;
    }
    return x;
  }

  private static long unmixed(long hash) {
    long z = (hash ^ (hash >>> 31) ^ (hash >>> 62)) * inverse(THIRD);
    z = (z ^ (z >>> 27) ^ (z >>> 54)) * inverse(SECOND);
    return z ^ (z >>> 30) ^ (z >>> 60);
  }

  /** Wraps, as the kernels do. */
  private static long square(long x) {
    return x * x;
  }

  /** Undoes hash_combine of the key and, where there are null marks, of a word of none. */
  private static long key(long hash, Nullability nullability) {
    boolean marked = nullability == Nullability.NULLABLE;
    return unmixed(marked ? unmixed(hash) * inverse(FIRST) : hash) - square(FIRST);
  }

  @ParameterizedTest
  @EnumSource(Nullability.class)
  void keysOfOneSlotAreToldApart(Nullability nullability) {
    ColumnLayout layout = ColumnLayout.of(DataType.INT64, nullability);
    AggregateSpec spec =
        new AggregateSpec(
            new PipelineSpec(List.of(layout), List.of()),
            List.of(ColumnReference.to(0, layout)),
            List.of(new AggregateCall(Function.COUNT, null, DataType.INT64, ErrorMode.ANSI)));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 2 * GROUPS; i++) {
      rows.add(new Object[] {key((long) (i % GROUPS) << 40, nullability)});
    }
    Collections.shuffle(rows, new Random(11));
    new AggregateRun(open.kronos(), spec).batch(rows).batch(rows.subList(0, GROUPS)).check();
  }
}
