// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.product;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.device.Capability;
import dev.kronos.device.DeviceInfo;
import dev.kronos.device.VendorProfile;
import dev.kronos.dispatch.Stream;
import dev.kronos.kernels.twin.Halves;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Tells whether products of halves go through a device's matrix units: it has the extension, the
 * kernel's shape, a vendor's profile that allows it, and a first product was right to the last bit.
 */
final class MatrixUnits {
  /** What {@code blas/gemm_matrix} is written for. */
  private static final int SUBGROUP_SIZE = 32;

  private static final int SHARED_BYTES = 39_936;

  /** Three tiles in each direction, the last of them cut. */
  private static final int TEST_SIDE = 300;

  private static final Map<Kronos, Map<Element, Boolean>> TESTED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private MatrixUnits() {}

  /** Returns the answer for elements of a type; the first call for a device waits for the test. */
  static boolean suit(Kronos kronos, Element element) {
    if (!offered(kronos.device(), element)) {
      return false;
    }
    return TESTED
        .computeIfAbsent(kronos, key -> Collections.synchronizedMap(new EnumMap<>(Element.class)))
        .computeIfAbsent(element, type -> multiplies(kronos, type));
  }

  private static boolean offered(DeviceInfo device, Element element) {
    boolean type =
        switch (element) {
          case FLOAT16 -> device.supports(Capability.SHADER_FLOAT16);
          case BFLOAT16 -> device.supports(Capability.BFLOAT16_MATRIX);
          case FLOAT32, FLOAT64 -> false;
        };
    return type
        && device.profile().matrixUnits().value() != VendorProfile.MatrixUnits.NEVER
        && device.supports(Capability.COOPERATIVE_MATRIX)
        && device.supports(Capability.MEMORY_MODEL)
        && device.limits().subgroupSize() == SUBGROUP_SIZE
        && device.limits().sharedMemoryBytes() >= SHARED_BYTES;
  }

  /** Multiplies small whole numbers, whose products are exact in every order. */
  static boolean multiplies(Kronos kronos, Element element) {
    int count = TEST_SIDE * TEST_SIDE;
    try (Stream stream = kronos.newStream();
        DeviceBuffer halves = kronos.memory().allocate(Pool.UPLOAD, (long) count * Short.BYTES);
        DeviceBuffer floats = kronos.memory().allocate(Pool.DEVICE, (long) count * Float.BYTES);
        DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, (long) count * Float.BYTES)) {
      for (int i = 0; i < count; i++) {
        long at = halves.hostAddress() + (long) i * Short.BYTES;
        short half = half(element, number(i));
        HostMemory.putByte(at, (byte) half);
        HostMemory.putByte(at + 1, (byte) (half >> Byte.SIZE));
      }
      Operand operand = new Operand(slice(halves), element, Shape.of(TEST_SIDE, TEST_SIDE));
      try (BufferSlice target = slice(floats)) {
        new MatrixProduct(kronos)
            .recordOnUnits(stream, operand, operand, MatrixProduct.Factors.PRODUCT, target);
        stream.copy(floats, 0, host, 0, host.sizeBytes()).submit().await();
      } finally {
        operand.elements().close();
      }
      return right(host.hostAddress());
    }
  }

  private static BufferSlice slice(DeviceBuffer buffer) {
    return BufferSlice.shared(buffer, 0, buffer.sizeBytes());
  }

  /** Returns -2, -1, 0, 1 or 2. */
  private static int number(int i) {
    return i * 7 % 23 % 5 - 2;
  }

  /** Returns such a number as the type's bits. */
  private static short half(Element element, int number) {
    return element == Element.FLOAT16
        ? Halves.ofFloat(number)
        : (short) (Float.floatToRawIntBits(number) >> Short.SIZE);
  }

  private static boolean right(long address) {
    for (int row = 0; row < TEST_SIDE; row++) {
      for (int column = 0; column < TEST_SIDE; column++) {
        int sum = 0;
        for (int k = 0; k < TEST_SIDE; k++) {
          sum += number(row * TEST_SIDE + k) * number(k * TEST_SIDE + column);
        }
        long at = address + ((long) row * TEST_SIDE + column) * Float.BYTES;
        if (Float.intBitsToFloat(HostMemory.intAt(at)) != sum) {
          return false;
        }
      }
    }
    return true;
  }
}
