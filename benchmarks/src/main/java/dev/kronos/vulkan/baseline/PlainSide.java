// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.LoadedJob;
import dev.kronos.bench.program.Side;
import dev.kronos.bench.program.Transfers;
import dev.kronos.bench.work.Job;
import dev.kronos.vulkan.spirv.SpirvModule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A device opened in plain Vulkan. For one thread, which also closes it. */
public final class PlainSide implements Side {

  private static final int PORTABLE_ALLOCATIONS = 4096;

  private final PlainInstance instance;
  private final PlainDevice device;
  private final PlainCounters counters = new PlainCounters();
  private final PlainCommands commands;
  private final DispatchRecorder recorder;
  private final Staging staging;
  private final PlainBuffers buffers;
  private final Function<String, SpirvModule> modules;
  private final Map<String, PlainKernel> kernels = new HashMap<>();

  private PlainSide(int index, boolean validation, Function<String, SpirvModule> modules) {
    this.modules = modules;
    instance = new PlainInstance(validation);
    device = new PlainDevice(instance.device(index));
    commands = new PlainCommands(device, counters);
    recorder = new DispatchRecorder(device, counters);
    staging = new Staging(device, commands, counters);
    buffers = new PlainBuffers(device, counters, staging);
  }

  /**
   * Opens a device. The process must be bound to a Vulkan implementation, as listing Kronos'
   * devices does.
   *
   * @param index the device's place in the driver's order
   * @param validation whether to load the validation layer
   * @param modules gives a kernel's SPIR-V with storage buffers and push constants, by its name
   */
  public static PlainSide open(
      int index, boolean validation, Function<String, SpirvModule> modules) {
    return new PlainSide(index, validation, modules);
  }

  @Override
  public String title() {
    return "baseline";
  }

  @Override
  public List<Contender> contenders() {
    return List.of(Contender.BASELINE, Contender.BATCHED_BASELINE);
  }

  @Override
  public LoadedJob load(Job job) {
    return new PlainJob(this, job);
  }

  @Override
  public Transfers transfers(long sizeBytes) {
    return Transfers.of(buffers, sizeBytes);
  }

  @Override
  public Block allocate(long sizeBytes) {
    PlainBuffer buffer = buffers.allocate(sizeBytes);
    return buffer::close;
  }

  /**
   * Half of what the driver allows, and of the 4,096 that every driver allows where it says more.
   */
  @Override
  public int maxBlocks() {
    return Math.min(Integer.divideUnsigned(device.maxAllocations, 2), PORTABLE_ALLOCATIONS / 2);
  }

  @Override
  public void trim() {
    staging.trim();
  }

  @Override
  public long validationMessages() {
    return instance.validationMessages();
  }

  @Override
  public void close() {
    staging.close();
    kernels.values().forEach(PlainKernel::close);
    recorder.close();
    commands.close();
    device.close();
    instance.close();
  }

  PlainKernel kernel(String name) {
    return kernels.computeIfAbsent(name, key -> new PlainKernel(device, modules.apply(key)));
  }

  PlainBuffers buffers() {
    return buffers;
  }

  PlainCommands commands() {
    return commands;
  }

  PlainCounters counters() {
    return counters;
  }

  DispatchRecorder recorder() {
    return recorder;
  }
}
