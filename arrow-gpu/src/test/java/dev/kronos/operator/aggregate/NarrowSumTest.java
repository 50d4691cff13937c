// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adds floats by {@code narrow.glsl}, as seldom settled as it allows, and compares with Java. */
@Tag("subgroups")
class NarrowSumTest {
  private static final int LANES = 256;
  private static final int COUNT = 500;
  private static final int LIMBS = 67;
  private static final int SMALLEST_EXPONENT = 1074;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static ShaderSource kernel() {
    KernelText kernel = new KernelText("test/narrow").arguments("source", "target");
    kernel.include(List.of("float.glsl", "superaccumulator.glsl"));
    kernel.define("K_FLOAT_SUMS", 1);
    kernel.resource("aggregate/parts.glsl").resource("aggregate/window.glsl");
    kernel.resource("aggregate/narrow.glsl");
    kernel.append(
        """
        void main() {
          k_floatClear();
          K_Narrow narrow = K_Narrow(0.0lf, K_NARROW_START);
          uint first = gl_LocalInvocationID.x * root.count;
          for (uint i = 0u; i < root.count; i++) {
            k_narrowAdd(narrow, 0u, k_args.target, BufferF32(k_args.source).v[first + i]);
            if (i % 32u == 31u) {
              k_narrowSettle(narrow, 0u);
            }
          }
          k_narrowPublish(narrow, 0u, k_args.target);
        }
        """);
    return kernel.source();
  }

  /** Makes floats of a few exponents, of one sign or both, with zeros, outliers and subnormals. */
  private static float[] values(Random random) {
    float[] values = new float[LANES * COUNT];
    for (int lane = 0; lane < LANES; lane++) {
      int least = lane % 4 == 0 ? 109 : random.nextInt(255);
      int spread = lane % 4 == 0 ? 24 : 1 + random.nextInt(40);
      boolean signed = random.nextBoolean();
      for (int i = 0; i < COUNT; i++) {
        int exponent = Math.min(254, least + random.nextInt(spread));
        if (lane % 4 == 0) {
          // Sums are greatest where nearly all values are of the greatest exponent.
          exponent = i % 8 == 0 ? 109 : 132;
        }
        int bits = random.nextInt(1 << 23) | exponent << 23;
        bits |= signed ? random.nextInt() & Integer.MIN_VALUE : 0;
        values[lane * COUNT + i] = Float.intBitsToFloat(bits);
      }
      values[lane * COUNT + random.nextInt(COUNT)] = lane % 2 == 0 ? 0.0f : -0.0f;
      values[lane * COUNT + random.nextInt(COUNT)] = Float.MIN_VALUE * random.nextInt(1 << 23);
      if (lane % 8 == 1) {
        values[lane * COUNT + random.nextInt(COUNT)] = Float.MAX_VALUE;
      }
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void sumsAreExact(long seed) {
    float[] values = values(new Random(seed));
    BigDecimal expected = BigDecimal.ZERO;
    for (float value : values) {
      expected = expected.add(new BigDecimal(value));
    }
    assertThat(sum(values)).as("seed=%s", seed).isEqualByComparingTo(expected);
  }

  private static BigDecimal sum(float... values) {
    long sourceBytes = (long) values.length * Float.BYTES;
    long targetBytes = (LIMBS + 1) * (long) Long.BYTES;
    try (Stream stream = open.kronos().newStream();
        DeviceBuffer source = open.kronos().memory().allocate(Pool.UPLOAD, sourceBytes);
        DeviceBuffer target = open.kronos().memory().allocate(Pool.DEVICE, targetBytes);
        DeviceBuffer result = open.kronos().memory().allocate(Pool.READBACK, targetBytes)) {
      for (int i = 0; i < values.length; i++) {
        HostMemory.putInt(
            source.hostAddress() + (long) i * Float.BYTES, Float.floatToRawIntBits(values[i]));
      }
      stream.fill(target, 0, targetBytes, 0);
      stream.dispatch(
          new Dispatch(
              open.kronos().kernels().compile(kernel()),
              Arguments.builder().putAddress(source).putAddress(target).putLong(0),
              List.of(Access.reads(source), Access.updates(target)),
              1,
              values.length / LANES,
              0,
              null));
      stream.copy(target, 0, result, 0, targetBytes).submit().await();
      BigInteger sum = BigInteger.ZERO;
      for (int limb = LIMBS - 1; limb >= 0; limb--) {
        long part = HostMemory.longAt(result.hostAddress() + (long) limb * Long.BYTES);
        sum = sum.shiftLeft(Integer.SIZE).add(BigInteger.valueOf(part));
      }
      return new BigDecimal(sum).divide(new BigDecimal(BigInteger.TWO.pow(SMALLEST_EXPONENT)));
    }
  }
}
