// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.kronos;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.LoadedJob;
import dev.kronos.bench.program.Side;
import dev.kronos.bench.program.Transfers;
import dev.kronos.bench.work.Job;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Kernels;
import dev.kronos.memory.DeviceBuffer;
import java.util.List;
import java.util.function.BiFunction;

/** A device opened by Kronos. */
public final class KronosSide implements Side {

  private final Kronos kronos;
  private final BiFunction<Kernels, String, Kernel> kernels;
  private final PoolBuffers buffers;

  private KronosSide(Kronos kronos, BiFunction<Kernels, String, Kernel> kernels) {
    this.kronos = kronos;
    this.kernels = kernels;
    this.buffers = new PoolBuffers(kronos);
  }

  /** Opens the device that the options ask for. */
  public static KronosSide open(KronosOptions options) {
    return open(options, Kernels::named);
  }

  /**
   * Opens the device that the options ask for.
   *
   * @param kernels finds a kernel by its name in the catalogue
   */
  public static KronosSide open(
      KronosOptions options, BiFunction<Kernels, String, Kernel> kernels) {
    return new KronosSide(Kronos.open(options), kernels);
  }

  @Override
  public String title() {
    return "Kronos";
  }

  @Override
  public List<Contender> contenders() {
    return List.of(Contender.KRONOS_RECORDED, Contender.KRONOS_CHANGING, Contender.KRONOS_REPLAYED);
  }

  /** Returns the open device. */
  public Kronos kronos() {
    return kronos;
  }

  @Override
  public LoadedJob load(Job job) {
    return new KronosJob(this, job);
  }

  @Override
  public Transfers transfers(long sizeBytes) {
    return Transfers.of(buffers, sizeBytes);
  }

  @Override
  public Block allocate(long sizeBytes) {
    DeviceBuffer buffer = buffers.allocate(sizeBytes);
    return buffer::close;
  }

  @Override
  public int maxBlocks() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void trim() {
    kronos.memory().trim();
  }

  @Override
  public long validationMessages() {
    return kronos.counters().validationMessages();
  }

  @Override
  public void close() {
    buffers.close();
    kronos.close();
  }

  PoolBuffers buffers() {
    return buffers;
  }

  Kernel kernel(String name) {
    return kernels.apply(kronos.kernels(), name);
  }
}
