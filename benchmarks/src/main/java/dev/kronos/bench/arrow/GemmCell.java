// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.bench.work.Freivalds;
import dev.kronos.bench.work.WrongResult;
import dev.kronos.column.BufferSlice;
import dev.kronos.dispatch.Stream;
import dev.kronos.kernels.twin.Halves;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.product.Element;
import dev.kronos.operator.product.MatrixProduct;
import dev.kronos.operator.product.MatrixProduct.Factors;
import dev.kronos.operator.product.Operand;
import dev.kronos.operator.product.Shape;
import java.util.function.IntToDoubleFunction;

/** Multiplies two square matrices of random numbers between -1 and 1. */
final class GemmCell implements ArrowCell {

  private static final int HALF_BITS = 16;
  private static final long HALF_MASK = 0xFFFF;

  private final Kronos kronos;
  private final Element element;
  private final int side;
  private final DeviceData data;
  private final DeviceBuffer a;
  private final DeviceBuffer b;
  private final DeviceBuffer c;

  GemmCell(Kronos kronos, int side, Element element) {
    this.kronos = kronos;
    this.element = element;
    this.side = side;
    this.data = new DeviceData(kronos);
    try {
      this.a = filled(this::left);
      this.b = filled(this::right);
      this.c = data.allocate((long) side * side * element.result().sizeBytes());
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private double left(int place) {
    return number(element, place);
  }

  private double right(int place) {
    return number(element, -1L - place);
  }

  /** Returns a number that the type holds exactly. */
  static double number(Element element, long place) {
    long random = DeviceData.random(place);
    return switch (element) {
      case FLOAT32 -> (random >> 40) * 0x1p-23;
      case FLOAT64 -> (random >> 11) * 0x1p-52;
      case FLOAT16 -> (random >> 53) * 0x1p-10;
      case BFLOAT16 -> (random >> 56) * 0x1p-7;
    };
  }

  private long bits(double number) {
    return switch (element) {
      case FLOAT32 -> Float.floatToRawIntBits((float) number);
      case FLOAT64 -> Double.doubleToRawLongBits(number);
      case FLOAT16 -> Halves.ofFloat((float) number) & HALF_MASK;
      case BFLOAT16 -> Float.floatToRawIntBits((float) number) >>> HALF_BITS;
    };
  }

  /** Two halves are filled in as one word; an odd last one has a neighbour that nobody reads. */
  private DeviceBuffer filled(IntToDoubleFunction numbers) {
    int count = side * side;
    if (element.sizeBytes() != Short.BYTES) {
      return data.filled(count, element.sizeBytes(), place -> bits(numbers.applyAsDouble(place)));
    }
    return data.filled(
        (count + 1) / 2,
        Integer.BYTES,
        word ->
            bits(numbers.applyAsDouble(2 * word))
                | bits(numbers.applyAsDouble(2 * word + 1)) << HALF_BITS);
  }

  @Override
  public long elements() {
    return (long) side * side;
  }

  @Override
  public double bytes() {
    return (double) side * side * (2 * element.sizeBytes() + element.result().sizeBytes());
  }

  @Override
  public void record(Stream stream) {
    new MatrixProduct(kronos)
        .record(stream, operand(a), operand(b), Factors.PRODUCT, BufferSlice.whole(c));
  }

  private Operand operand(DeviceBuffer matrix) {
    return new Operand(BufferSlice.whole(matrix), element, Shape.of(side, side));
  }

  /** Multiplies both sides of {@code C = A B} by a vector of ones and minus ones. */
  @Override
  public void check() {
    double[] signs = Freivalds.signs(side);
    double[] expected = Freivalds.times(this::left, Freivalds.times(this::right, signs));
    double[] found = new double[side];
    int bytes = element.result().sizeBytes();
    data.read(
        c,
        side * side,
        bytes,
        (place, word) -> found[place / side] += signs[place % side] * value(word));
    double bound = (element == Element.FLOAT64 ? 0x1p-50 : 0x1p-20) * Math.pow(side, 1.5);
    for (int row = 0; row < side; row++) {
      // Written so that a NaN fails.
      if (!(Math.abs(expected[row] - found[row]) <= bound)) {
        throw new WrongResult(
            "wrong result: workload=gemm, row=%d, expected=%s, found=%s, bound=%s"
                .formatted(row, expected[row], found[row], bound));
      }
    }
  }

  private double value(long word) {
    return element == Element.FLOAT64
        ? Double.longBitsToDouble(word)
        : Float.intBitsToFloat((int) word);
  }

  @Override
  public void close() {
    data.close();
  }
}
