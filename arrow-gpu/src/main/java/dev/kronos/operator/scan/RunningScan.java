// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.scan;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Computes running sums of floats, doubles and decimals, and running extremes of doubles, decimals
 * and longs, by four kernels: combine tiles, run through the tiles of each chunk, run through the
 * chunks, run through each tile. The order of additions is fixed, so that sums are the same bits on
 * every device; {@code running.glsl} and, of floats, {@code running_rows.glsl} say which it is.
 *
 * <p>Thread-safe.
 */
public final class RunningScan {
  private static final int INCLUSIVE = 1;
  private static final int ALIGNED = 4;

  /** What kernels read and write of floats at a time, where addresses allow it. */
  private static final int VECTOR_BYTES = 16;

  /** Names what is computed of what. */
  public enum Operation {
    /** Sums of floats, added as doubles and rounded once a result. */
    SUM_FLOAT32(Float.BYTES, Double.BYTES),
    /** Sums of doubles. */
    SUM_FLOAT64(Long.BYTES, Long.BYTES),
    /** Minima of doubles, ordered by their bits: -0.0 is less than 0.0. */
    MIN_FLOAT64(Long.BYTES, Long.BYTES),
    /** Maxima of doubles. */
    MAX_FLOAT64(Long.BYTES, Long.BYTES),
    /** Minima of longs. */
    MIN_INT64(Long.BYTES, Long.BYTES),
    /** Maxima of longs. */
    MAX_INT64(Long.BYTES, Long.BYTES),
    /**
     * Sums of 128-bit integers of up to 38 digits, exactly; one that has more is the greatest
     * 128-bit integer.
     */
    SUM_DECIMAL(2 * Long.BYTES, 3 * Long.BYTES),
    /** Minima of 128-bit integers, from the greatest one on. */
    MIN_DECIMAL(2 * Long.BYTES, 2 * Long.BYTES),
    /** Maxima of 128-bit integers, from the negation of the greatest one on. */
    MAX_DECIMAL(2 * Long.BYTES, 2 * Long.BYTES);

    private final int valueBytes;
    private final int partialBytes;

    Operation(int valueBytes, int partialBytes) {
      this.valueBytes = valueBytes;
      this.partialBytes = partialBytes;
    }

    /** Returns the values of a tile: 256 invocations of 32 floats, or of 8 others. */
    private int tile() {
      return this == SUM_FLOAT32 ? 8192 : 2048;
    }

    /** Returns the tiles of a chunk. */
    private int chunk() {
      return this == SUM_FLOAT32 ? 32 : Workgroups.SIZE;
    }
  }

  /** Says whether a result contains the value at its own place. */
  public enum Reach {
    /** It does. */
    INCLUSIVE,
    /** It contains those before alone; the first is the neutral value. */
    EXCLUSIVE
  }

  private final Kronos kronos;

  /** Creates the scan on a device, which stays the caller's. */
  public RunningScan(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
  }

  /**
   * Says what runs through values.
   *
   * @param operation what is computed
   * @param reach what a result contains
   * @param neutral bits of the value that changes nothing; of decimals and floats it does not
   *     matter
   */
  public record Task(Operation operation, Reach reach, long neutral) {}

  /**
   * Records the scan.
   *
   * @param stream where it is recorded
   * @param task what is computed
   * @param source values: floats, 64-bit ones or, of decimals, 128-bit ones; one at least
   * @param target room for as many results; may be the source, and else must not overlap it
   */
  public void record(Stream stream, Task task, BufferSlice source, BufferSlice target) {
    int count = Math.toIntExact(source.sizeBytes() / task.operation.valueBytes);
    int tiles = (count - 1) / task.operation.tile() + 1;
    int chunks = (tiles - 1) / task.operation.chunk() + 1;
    long partialBytes = ((long) tiles + chunks) * task.operation.partialBytes;
    try (DeviceBuffer partials = kronos.memory().allocate(Pool.DEVICE, partialBytes)) {
      Arguments arguments =
          Arguments.builder()
              .putAddress(source.buffer(), source.offset())
              .putAddress(partials)
              .putAddress(target.buffer(), target.offset())
              .putLong(task.neutral);
      Access read = Access.reads(source.buffer(), source.offset(), source.sizeBytes());
      Access write = Access.writes(target.buffer(), target.offset(), source.sizeBytes());
      Access known = Access.reads(partials);
      int workgroups = Workgroups.forTiles(tiles);
      String name = "_" + task.operation.name().toLowerCase(Locale.ROOT);
      for (Part part :
          List.of(
              new Part("reduce", workgroups, List.of(read, Access.writes(partials))),
              new Part("chunks", chunks, List.of(Access.updates(partials))),
              new Part("spine", 1, List.of(Access.updates(partials))),
              new Part("tiles", workgroups, List.of(read, write, known)))) {
        stream.dispatch(
            new Dispatch(
                kronos.kernels().named("scan/running_" + part.kernel + name),
                arguments,
                part.accesses,
                part.workgroups,
                count,
                flags(task.reach, source, target),
                null));
      }
    }
  }

  /** Returns what kernels are told: what results contain, and whether vectors may be read. */
  static int flags(Reach reach, BufferSlice source, BufferSlice target) {
    boolean aligned = (source.deviceAddress() | target.deviceAddress()) % VECTOR_BYTES == 0;
    return (reach == Reach.INCLUSIVE ? INCLUSIVE : 0) | (aligned ? ALIGNED : 0);
  }

  private record Part(String kernel, int workgroups, List<Access> accesses) {}
}
