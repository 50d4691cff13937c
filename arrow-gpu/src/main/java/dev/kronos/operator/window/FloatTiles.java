// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.operator.window.WindowPlan.Floats;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds running exact sums of a column of floating point numbers, or of their squares, one for each
 * {@link #TILE} rows, as {@code float_sums.glsl} lays them out. The sum of a frame is the
 * difference of two of them and the values of less than {@code 2 * TILE} rows, all added as
 * integers and rounded once.
 */
final class FloatTiles implements AutoCloseable {
  /** Rows of a tile: 17 bytes for each row. */
  private static final int TILE = 32;

  /** Words of a tile. */
  private static final int WORDS = 69;

  private static final int EXTENT_BYTES = 2 * Integer.BYTES;

  private final Kronos kronos;
  private final int rows;
  private final int tiles;
  private final DeviceBuffer words;
  private final DeviceBuffer extent;

  /**
   * Allocates the memory for 1 row or more.
   *
   * @throws KronosException.Exhausted when there is not as much, or more words than are added up
   */
  FloatTiles(Kronos kronos, int rows) {
    this.kronos = kronos;
    this.rows = rows;
    this.tiles = (rows - 1) / TILE + 1;
    if ((long) tiles * WORDS > Integer.MAX_VALUE) {
      throw new KronosException.Exhausted(
          KronosException.message("too many rows for sums of frames", "rows", rows));
    }
    this.words = kronos.memory().allocate(Pool.DEVICE, ((long) tiles * WORDS + 1) * Long.BYTES);
    try {
      this.extent = kronos.memory().allocate(Pool.DEVICE, EXTENT_BYTES);
    } catch (RuntimeException e) {
      words.close();
      throw e;
    }
  }

  /** Records the making of sums. */
  void make(Stream stream, Kernel kernel, ColumnBatch batch) {
    stream.fill(extent, 0, Integer.BYTES, -1);
    stream.fill(extent, Integer.BYTES, Integer.BYTES, 0);
    Arguments arguments = Arguments.builder().putAddress(words).putAddress(extent).putLong(rows);
    BatchBinding.put(arguments, batch);
    List<Access> accesses = new ArrayList<>(List.of(Access.writes(words), Access.updates(extent)));
    BatchBinding.addReads(accesses, batch);
    int groups = Workgroups.forRows(tiles);
    stream.dispatch(new Dispatch(kernel, arguments, accesses, groups, tiles, 0, null));
    new PrefixSum(kronos, PrefixSum.Width.INT64).record(stream, words, 0, tiles * WORDS);
  }

  /** Returns the buffers, in the order of {@link #arguments}. */
  List<DeviceBuffer> buffers() {
    return List.of(words, extent);
  }

  /** Returns the names of the arguments of a kernel that adds up frames of a column. */
  static String[] arguments(int sum) {
    return new String[] {"words" + sum, "extent" + sum};
  }

  /** Returns the kernel that adds up tiles. */
  static ShaderSource source(WindowPlan plan, Floats floats) {
    KernelText kernel = new KernelText("window/tiles").arguments("words", "extent", "rows");
    kernel.columns(plan.layouts().size());
    addFunctions(kernel, floats.squared());
    addWalk(kernel, new WindowCode.Columns(kernel, plan.layouts()), floats, "");
    return kernel
        .append(
            WindowCode.loop(
                """
                k_clearSum(0u, K_LIMBS - 1u);
                k_first = K_LIMBS;
                k_last = 0u;
                uint end = min(row * K_TILE + K_TILE, uint(k_args.rows));
                k_addRows(row * K_TILE, end, end, end);
                k_storeTile(k_args.words, k_args.extent, row, root.count);
                """))
        .source();
  }

  /**
   * Adds what all sums share.
   *
   * @param squares whether some are sums of squares
   */
  static void addFunctions(KernelText kernel, boolean squares) {
    kernel.include(List.of("float.glsl"));
    kernel.resource("aggregate/parts.glsl").resource("window/float_sums.glsl");
    if (squares) {
      kernel.resource("pipeline/distances.glsl").resource("window/squares.glsl");
    }
  }

  /**
   * Adds what takes in rows from one to before another, but for those from {@code leave} to before
   * {@code enter}: one loop, for drivers repeat it wherever it is called.
   */
  private static void addWalk(
      KernelText kernel, WindowCode.Columns columns, Floats floats, String suffix) {
    int column = floats.column();
    String value = columns.value(column, "row");
    kernel.append(
        """
        void k_addRows%s(uint from, uint leave, uint enter, uint to) {
          uint row = from < leave ? from : enter;
          while (row < to) {
            if (%s) {
              %s(%s);
            }
            row = row + 1u == leave ? enter : row + 1u;
          }
        }
        """
            .formatted(
                suffix,
                columns.valid(column, "row"),
                floats.squared() ? "k_addSquare" : "k_addFloat",
                RegisterType.of(columns.type(column)) == RegisterType.FLOAT
                    ? "f32_to_f64(" + value + ")"
                    : value));
  }

  /**
   * Adds {@code void k_addUp_N(uint lower, uint upper)}, which adds up a frame of what has a
   * number.
   */
  static void addSum(KernelText kernel, WindowCode.Columns columns, Floats floats, int sum) {
    addWalk(kernel, columns, floats, "_" + sum);
    kernel.append(
        """
        void k_addUp_%1$d(uint lower, uint upper) {
          uint tiles = (root.count + K_TILE - 1u) / K_TILE;
          uint from = min((lower + K_TILE - 1u) / K_TILE, tiles);
          uint to = max(upper / K_TILE, from);
          k_beginSum(k_args.extent%1$d);
          k_addTiles(k_args.words%1$d, tiles, from, to);
          bool whole = from < to;
          uint leave = whole ? from * K_TILE : upper;
          k_addRows_%1$d(lower, leave, whole ? to * K_TILE : upper, upper);
        }
        """
            .formatted(sum));
  }

  @Override
  public void close() {
    words.close();
    extent.close();
  }
}
