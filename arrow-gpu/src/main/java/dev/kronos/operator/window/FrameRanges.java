// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Kernels;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.operator.scan.RunningScan;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds where a frame that is found by values begins and ends for each row: the first row, and the
 * row behind the last one, 64 bits each.
 */
final class FrameRanges implements AutoCloseable {
  private static final RunningScan.Task LARGEST =
      new RunningScan.Task(RunningScan.Operation.MAX_INT64, RunningScan.Reach.INCLUSIVE, 0);

  private final Kronos kronos;
  private final int rows;
  private final DeviceBuffer lowers;
  private final DeviceBuffer uppers;

  /**
   * Holds the kernels of a frame.
   *
   * @param uppers finds ends
   * @param lowers finds beginnings
   * @param check reports rows whose bounds fail; null where none can
   */
  record Finders(Kernel uppers, Kernel lowers, Kernel check) {
    static Finders of(Kernels kernels, WindowFrame frame, List<ColumnLayout> layouts) {
      List<Kernel> all = sources(frame, layouts).stream().map(kernels::compile).toList();
      return new Finders(all.get(0), all.get(1), all.size() > 2 ? all.get(2) : null);
    }

    /** Returns the texts of the kernels. */
    static List<ShaderSource> sources(WindowFrame frame, List<ColumnLayout> layouts) {
      ShaderSource uppers = RangeCode.uppers(frame, layouts);
      ShaderSource lowers = RangeCode.lowers(frame, layouts);
      return frame.mayRaise()
          ? List.of(uppers, lowers, RangeCode.check(frame, layouts))
          : List.of(uppers, lowers);
    }
  }

  /** Allocates the memory for 1 row or more. */
  FrameRanges(Kronos kronos, int rows) {
    this.kronos = kronos;
    this.rows = rows;
    long sizeBytes = (long) rows * Long.BYTES;
    this.lowers = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
    try {
      this.uppers = kronos.memory().allocate(Pool.DEVICE, sizeBytes);
    } catch (RuntimeException e) {
      lowers.close();
      throw e;
    }
  }

  /** Names what frames are found in. */
  record Source(ColumnBatch batch, MarkedRows partitions, MarkedRows peers) {}

  /**
   * Records the finding of frames.
   *
   * @param literals the constants of the kernels
   * @param status gets the first row whose bounds fail
   */
  void find(
      Stream stream, Finders finders, Source source, LiteralBuffer literals, StatusArea status) {
    Arguments arguments = Arguments.builder();
    literals.put(arguments);
    List<Access> accesses = new ArrayList<>(literals.accesses());
    for (MarkedRows each : List.of(source.partitions, source.peers)) {
      each.put(arguments);
      each.addReads(accesses);
    }
    arguments.putAddress(lowers).putAddress(uppers);
    accesses.add(Access.updates(lowers));
    accesses.add(Access.updates(uppers));
    BatchBinding.put(arguments, source.batch);
    BatchBinding.addReads(accesses, source.batch);
    run(stream, finders.uppers, arguments, accesses, status);
    neverBack(stream, uppers);
    run(stream, finders.lowers, arguments, accesses, status);
    neverBack(stream, lowers);
    if (finders.check != null) {
      run(stream, finders.check, arguments, accesses, status);
    }
  }

  private void run(
      Stream stream, Kernel kernel, Arguments arguments, List<Access> accesses, StatusArea status) {
    List<Access> all = new ArrayList<>(accesses);
    all.add(status.access());
    int groups = Workgroups.forRows(rows);
    stream.dispatch(new Dispatch(kernel, arguments, all, groups, rows, 0, status.buffer()));
  }

  /** Rows of a partition come behind those of the ones before: one maximum runs through all. */
  private void neverBack(Stream stream, DeviceBuffer pointers) {
    BufferSlice all = BufferSlice.whole(pointers);
    new RunningScan(kronos).record(stream, LARGEST, all, all);
  }

  /** Returns the buffers, the one of beginnings first. */
  List<DeviceBuffer> buffers() {
    return List.of(lowers, uppers);
  }

  @Override
  public void close() {
    lowers.close();
    uppers.close();
  }
}
