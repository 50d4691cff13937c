// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.product;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BufferSlice;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.List;
import java.util.Objects;

/**
 * Multiplies matrices in device memory: tiles in shared memory, a patch of the result in registers.
 * Operands that are dense, row-major and aligned are read as they are; others are packed first, and
 * converted on the way.
 *
 * <p>Each element of a product is one chain of {@code fma}s over the shared dimension in its order,
 * which depends on neither tiles nor workgroups. Halves go through a device's matrix units where
 * {@link MatrixUnits} says so; the order of their sums is the device's own. Thread-safe.
 */
public final class MatrixProduct {
  private static final int LARGE_TILE = 128;
  private static final int SMALL_TILE = 64;

  /** Below as many tiles of 128 by 128, smaller ones occupy more of a device. */
  private static final long FEW_TILES = 64;

  private static final int PACK_TILE = 32;

  /** Steps of the sum between two barriers on matrix units. */
  private static final int UNITS_STEP = 64;

  private final Kronos kronos;

  /** Creates the product on a device, which stays the caller's. */
  public MatrixProduct(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
  }

  /**
   * Scales a product.
   *
   * @param alpha factor of the product
   * @param beta factor of what the target holds; it is not read where this is 0
   */
  public record Factors(double alpha, double beta) {
    /** The product alone. */
    public static final Factors PRODUCT = new Factors(1, 0);
  }

  /**
   * Records {@code alpha * a * b + beta * target}. Where one operand is a single matrix and the
   * other several, it is used with each of them.
   *
   * @param stream where it is recorded
   * @param a left operands
   * @param b right operands
   * @param factors alpha and beta
   * @param target room for as many dense row-major matrices of {@link Element#result}, aligned to
   *     16 bytes; overlaps neither operand
   * @throws KronosException.InvalidArgument when sizes or types do not fit
   */
  public void record(Stream stream, Operand a, Operand b, Factors factors, BufferSlice target) {
    if (MatrixUnits.suit(kronos, a.type())) {
      recordOnUnits(stream, a, b, factors, target);
      return;
    }
    Shape result = result(a, b);
    if (result.size() == 0) {
      return;
    }
    int matrices = result.matrices();
    try (BufferSlice left = dense(stream, a, matrices);
        BufferSlice right = dense(stream, b, matrices)) {
      multiply(stream, new Dense(left, right, target), factors, a, result);
    }
  }

  /** Records as {@link #record} does, on matrix units, which must {@link MatrixUnits#suit}. */
  void recordOnUnits(Stream stream, Operand a, Operand b, Factors factors, BufferSlice target) {
    Shape result = result(a, b);
    if (result.size() == 0) {
      return;
    }
    int matrices = result.matrices();
    // One step at least: a kernel that is given no addresses has nothing to read.
    int k = padded(Math.max(1, a.shape().columns()), UNITS_STEP);
    Shape left = Shape.of(matrices, padded(result.rows(), LARGE_TILE), k);
    Shape right = Shape.of(matrices, k, padded(result.columns(), LARGE_TILE));
    requireIndexable(left.size());
    requireIndexable(right.size());
    try (BufferSlice leftHalves = padded(stream, a, left);
        BufferSlice rightHalves = padded(stream, b, right)) {
      Dense dense = new Dense(leftHalves, rightHalves, target);
      stream.dispatch(
          new Dispatch(
              kronos.kernels().named(a.type().unitsKernel()),
              arguments(dense, factors, a.type(), result).putInt(k),
              accesses(dense, factors),
              workgroups(result, LARGE_TILE),
              matrices,
              0,
              null));
    }
  }

  private static int padded(int size, int step) {
    return Math.toIntExact((size + step - 1L) / step * step);
  }

  /** Returns a slice that the caller closes. */
  private BufferSlice padded(Stream stream, Operand operand, Shape shape) {
    BufferSlice from = operand.elements();
    if (operand.padded(shape)) {
      return BufferSlice.shared(from.buffer(), from.offset(), from.sizeBytes());
    }
    long sizeBytes = shape.size() * operand.type().sizeBytes();
    DeviceBuffer target = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
    if (operand.shape().extent() == 0) {
      stream.fill(target, 0, sizeBytes, 0);
    } else {
      pack(stream, operand, "blas/pack_16", target, shape);
    }
    return BufferSlice.whole(target);
  }

  /**
   * Returns the size of a product of operands.
   *
   * @throws KronosException.InvalidArgument when they do not fit
   */
  public static Shape result(Operand a, Operand b) {
    Shape left = a.shape();
    Shape right = b.shape();
    boolean matrices =
        left.matrices() == right.matrices() || left.matrices() == 1 || right.matrices() == 1;
    if (left.columns() != right.rows() || a.type() != b.type() || !matrices) {
      throw new KronosException.InvalidArgument(
          message(
              "matrices do not fit",
              "left",
              left,
              "leftType",
              a.type(),
              "right",
              right,
              "rightType",
              b.type()));
    }
    int count = left.matrices() == 1 ? right.matrices() : left.matrices();
    Shape result = Shape.of(count, left.rows(), right.columns());
    for (long size :
        new long[] {
          result.size(),
          Shape.of(count, left.rows(), left.columns()).size(),
          Shape.of(count, right.rows(), right.columns()).size()
        }) {
      requireIndexable(size);
    }
    return result;
  }

  private static void requireIndexable(long elements) {
    if (elements > Integer.MAX_VALUE) {
      throw new KronosException.InvalidArgument(
          message("too many elements", "elements", elements, "maximum", Integer.MAX_VALUE));
    }
  }

  /** Names dense matrices. */
  private record Dense(BufferSlice a, BufferSlice b, BufferSlice c) {}

  /** Returns a slice that the caller closes, or null where there are no elements. */
  private BufferSlice dense(Stream stream, Operand operand, int matrices) {
    BufferSlice from = operand.elements();
    if (operand.shape().extent() == 0) {
      return null;
    }
    if (operand.dense(matrices)) {
      return BufferSlice.shared(from.buffer(), from.offset(), from.sizeBytes());
    }
    Shape shape = operand.shape();
    Shape packed = Shape.of(matrices, shape.rows(), shape.columns());
    long sizeBytes = packed.size() * operand.type().result().sizeBytes();
    DeviceBuffer target = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
    pack(stream, operand, operand.type().packKernel(), target, packed);
    return BufferSlice.whole(target);
  }

  private void pack(
      Stream stream, Operand operand, String kernel, DeviceBuffer target, Shape packed) {
    BufferSlice from = operand.elements();
    Shape shape = operand.shape();
    long usedBytes = shape.extent() * operand.type().sizeBytes();
    Arguments arguments =
        Arguments.builder()
            .putAddress(from.buffer(), from.offset())
            .putAddress(target)
            // Strides that are used are below 2^31, as the extent is.
            .putInt(shape.matrices() == 1 ? 0 : (int) shape.matrixStride())
            .putInt((int) shape.rowStride())
            .putInt((int) shape.columnStride())
            .putInt(shape.rows())
            .putInt(shape.columns())
            .putInt(packed.rows())
            .putInt(packed.columns());
    stream.dispatch(
        new Dispatch(
            kronos.kernels().named(kernel),
            arguments,
            List.of(Access.reads(from.buffer(), from.offset(), usedBytes), Access.writes(target)),
            workgroups(packed, PACK_TILE),
            packed.matrices(),
            0,
            null));
  }

  private void multiply(Stream stream, Dense matrices, Factors factors, Operand a, Shape result) {
    Element element = a.type().result();
    boolean large = element == Element.FLOAT32 && tiles(result, LARGE_TILE) >= FEW_TILES;
    boolean small = element == Element.FLOAT32 && !large;
    Dispatch dispatch =
        new Dispatch(
            kronos.kernels().named(a.type().productKernel() + (small ? "_small" : "")),
            arguments(matrices, factors, a.type(), result).putInt(a.shape().columns()),
            accesses(matrices, factors),
            workgroups(result, large ? LARGE_TILE : SMALL_TILE),
            result.matrices(),
            0,
            null);
    stream.dispatch(dispatch);
  }

  private static Arguments arguments(
      Dense matrices, Factors factors, Element element, Shape result) {
    Arguments arguments = Arguments.builder();
    for (BufferSlice slice : new BufferSlice[] {matrices.a, matrices.b, matrices.c}) {
      if (slice == null) {
        arguments.putLong(0);
      } else {
        arguments.putAddress(slice.buffer(), slice.offset());
      }
    }
    for (double factor : new double[] {factors.alpha, factors.beta}) {
      if (element == Element.FLOAT64) {
        arguments.putDouble(factor);
      } else {
        arguments.putFloat((float) factor);
      }
    }
    return arguments.putInt(result.rows()).putInt(result.columns());
  }

  private static List<Access> accesses(Dense matrices, Factors factors) {
    BufferSlice c = matrices.c;
    Access target =
        factors.beta == 0
            ? Access.writes(c.buffer(), c.offset(), c.sizeBytes())
            : Access.updates(c.buffer(), c.offset(), c.sizeBytes());
    return matrices.a == null || matrices.b == null
        ? List.of(target)
        : List.of(reads(matrices.a), reads(matrices.b), target);
  }

  private static Access reads(BufferSlice slice) {
    return Access.reads(slice.buffer(), slice.offset(), slice.sizeBytes());
  }

  private static long tiles(Shape shape, int side) {
    long down = (shape.rows() + side - 1L) / side;
    long across = (shape.columns() + side - 1L) / side;
    return shape.matrices() * down * across;
  }

  private static int workgroups(Shape shape, int side) {
    return Workgroups.forTiles(tiles(shape, side));
  }
}
