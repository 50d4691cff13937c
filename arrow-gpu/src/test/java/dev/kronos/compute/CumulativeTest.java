// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.compute.Cumulative.Nulls;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CumulativeTest {

  private static OpenKronos open;
  private static Cumulative cumulative;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    cumulative = new Cumulative(open.kronos());
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  private static BigIntVector longs(BufferAllocator allocator, int count) {
    Random random = new Random(count);
    BigIntVector vector = new BigIntVector("longs", allocator);
    vector.allocateNew(Math.max(1, count));
    for (int i = 0; i < count; i++) {
      if (i > 0 && random.nextInt(10) == 0) {
        vector.setNull(i);
      } else {
        vector.set(i, random.nextLong());
      }
    }
    vector.setValueCount(count);
    return vector;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 2047, 2048, 2049, 70_000})
  void sumsAgreeWithJava(int count) {
    try (BigIntVector values = longs(open.kronos().allocator(), count);
        BigIntVector skipped = (BigIntVector) cumulative.sum(values, Nulls.SKIP);
        BigIntVector before = (BigIntVector) cumulative.sumBefore(values, Nulls.SKIP);
        BigIntVector spread = (BigIntVector) cumulative.sum(values, Nulls.SPREAD)) {
      assertThat(skipped.getValueCount()).isEqualTo(count);
      assertThat(skipped.getName()).isEqualTo("longs");
      long sum = 0;
      boolean nullSeen = false;
      for (int i = 0; i < count; i++) {
        nullSeen |= values.isNull(i);
        assertThat(spread.isNull(i)).isEqualTo(nullSeen);
        assertThat(skipped.isNull(i)).isEqualTo(values.isNull(i));
        if (!values.isNull(i)) {
          assertThat(before.get(i)).isEqualTo(sum);
          sum += values.get(i);
          assertThat(skipped.get(i)).isEqualTo(sum);
        }
      }
    }
  }

  @Test
  void narrowIntegersStayNarrowAndWrapAround() {
    try (BufferAllocator foreign = new RootAllocator();
        IntVector values = new IntVector("ints", foreign)) {
      values.setSafe(0, Integer.MAX_VALUE);
      values.setSafe(1, 2);
      values.setValueCount(2);
      try (IntVector sums = (IntVector) cumulative.sum(values, Nulls.SPREAD)) {
        assertThat(sums.get(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(sums.get(1)).isEqualTo(Integer.MIN_VALUE + 1);
      }
    }
  }

  @Test
  void otherTypesAreRefused() {
    try (Float8Vector values = new Float8Vector("doubles", open.kronos().allocator())) {
      assertThatThrownBy(() -> cumulative.sum(values, Nulls.SKIP))
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessage("no running sum of this type: type=double");
    }
  }
}
