// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import dev.kronos.kernels.KernelCatalog;
import dev.kronos.vulkan.DeviceGate;
import dev.kronos.vulkan.PersistentSet;
import dev.kronos.vulkan.PipelineFactory;
import dev.kronos.vulkan.VulkanDevice;
import dev.kronos.vulkan.spirv.IncludeResolver;
import dev.kronos.vulkan.spirv.ShaderBuild;
import dev.kronos.vulkan.spirv.ShaderCompileException;
import dev.kronos.vulkan.spirv.ShaderCompiler;
import dev.kronos.vulkan.spirv.ShaderSource;
import dev.kronos.vulkan.spirv.SpirvModule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes kernels and keeps them: in memory for the life of the device, and between runs on disk, the
 * SPIR-V by a hash of its source and the driver's own code by device and driver. Of several threads
 * that ask for the same kernel, one compiles and the others wait. Thread-safe.
 */
public final class Kernels implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  /**
   * Tells kernels from each other by what operators hand in, without the included files, which stay
   * the same: operators ask for each batch, so that finding a kernel has to be cheap.
   */
  private record Text(String glsl, Map<String, String> macros) {}

  /** How a kernel is made: its code, and what that is compiled from. */
  private record Recipe(Supplier<SpirvModule> module, Supplier<ShaderSource> source) {}

  private final VulkanDevice device;
  private final DeviceGate gate;
  private final ShaderBuild build;
  private final PipelineFactory pipelines;
  private final KeptPipelines kept;
  private final DiskCache disk;
  private final IncludeResolver includes = IncludeResolver.ofClassPath();
  private final KernelCatalog catalog = KernelCatalog.load();
  private final Map<Object, CompletableFuture<Kernel>> kernels = new ConcurrentHashMap<>();
  private final AtomicLong compilations = new AtomicLong();
  private final AtomicLong created = new AtomicLong();
  private final AtomicLong workNanos = new AtomicLong();
  private final AtomicLong waitNanos = new AtomicLong();
  private final AheadQueue ahead;
  private ShaderCompiler compiler;

  /**
   * Creates an empty set of kernels.
   *
   * @param device the device, which must outlive this
   * @param set holder of the pipeline layout, which must outlive this
   * @param options where kernels are kept and how they are built
   */
  public Kernels(VulkanDevice device, PersistentSet set, KronosOptions options) {
    this.device = device;
    this.build = options.shaderBuild();
    this.gate = device.gate();
    this.disk = DiskCache.of(options.cacheDir());
    this.kept = new KeptPipelines(disk, device, build);
    this.pipelines = new PipelineFactory(device, set, kept.read());
    this.ahead = new AheadQueue(options.kernelsAhead() ? AheadQueue.threads() : 0, this::saveOpen);
  }

  /**
   * Returns a kernel of the catalogue.
   *
   * @param name such as {@code scan/tiles}
   * @throws KronosException.InvalidArgument when there is none of that name
   * @throws KronosException.Closed when the device is closed
   */
  public Kernel named(String name) {
    return awaited(name, recipe(name));
  }

  /**
   * Returns the kernel of a source, compiled at the first request.
   *
   * @param source the text; sources that differ in their name alone share a kernel
   * @throws ShaderCompileException when the source does not compile; the message has the log
   * @throws KronosException.Closed when the device is closed
   */
  public Kernel compile(ShaderSource source) {
    return awaited(key(source), recipe(source));
  }

  /**
   * Has kernels made in the background, all at the same time, that are likely to be asked for soon.
   * Returns at once. A kernel that nobody has begun with when it is needed is made by who needs it.
   * What fails here is not told: it fails again, and is told, where the kernel is needed. Does
   * nothing where the setting {@code kernels.ahead} is off or the device is closed.
   *
   * @param what stands for the kernels, by {@code equals}; asked for again, it is known and costs
   *     nothing
   * @param sources finds the texts, called in the background
   */
  public void prepare(Object what, Supplier<List<ShaderSource>> sources) {
    ahead.once(what, () -> sources.get().forEach(this::prepare));
  }

  private void prepare(ShaderSource source) {
    Object key = key(source);
    if (!kernels.containsKey(key)) {
      ahead.once(key, () -> single(key, recipe(source)));
    }
  }

  /**
   * Does as {@link #prepare(Object, Supplier)} for kernels of the catalogue.
   *
   * @param names such as {@code scan/tiles}
   */
  public void prepareNamed(String... names) {
    for (String name : names) {
      if (!kernels.containsKey(name)) {
        ahead.once(name, () -> single(name, recipe(name)));
      }
    }
  }

  /** Returns how many sources were compiled; those found on disk do not count. */
  public long compilations() {
    return compilations.get();
  }

  /** Returns how many kernels were made. */
  public long created() {
    return created.get();
  }

  /** Returns how many of the kernels were run at least once, as far as recorded. */
  public long run() {
    return kernels.values().stream()
        .filter(kernel -> kernel.isDone() && !kernel.isCompletedExceptionally())
        .filter(kernel -> kernel.join().ran())
        .count();
  }

  /** Returns how long threads made kernels, or found them on disk, all threads together. */
  public long workNanos() {
    return workNanos.get();
  }

  /** Returns how long callers waited for kernels, those that made them themselves included. */
  public long waitNanos() {
    return waitNanos.get();
  }

  /**
   * Waits for kernels that are being made in the background, saves the driver's code and destroys
   * all kernels; the device is idle and its gate closed.
   */
  @Override
  public void close() {
    ahead.close();
    save();
    pipelines.close();
    synchronized (this) {
      if (compiler != null) {
        compiler.close();
      }
    }
  }

  private void save() {
    if (device.failure() == null) {
      kept.save(pipelines, created.get());
    }
  }

  /** Saves while the device is open, for a process that is killed never closes it. */
  private void saveOpen() {
    long stamp = gate.tryEnter();
    if (stamp != 0) {
      try {
        save();
      } finally {
        gate.exit(stamp);
      }
    }
  }

  private Recipe recipe(ShaderSource source) {
    return new Recipe(() -> translate(source), () -> source);
  }

  private Recipe recipe(String name) {
    return new Recipe(() -> stored(name), () -> catalog.source(name));
  }

  private static Object key(ShaderSource source) {
    return new Text(source.glsl(), source.macros());
  }

  /** Returns a kernel for a caller that waits for it. */
  private Kernel awaited(Object key, Recipe recipe) {
    CompletableFuture<Kernel> known = kernels.get(key);
    if (known != null && known.isDone()) {
      requireOpen();
      return join(known);
    }
    long start = System.nanoTime();
    try {
      return single(key, recipe);
    } finally {
      long waited = System.nanoTime() - start;
      waitNanos.addAndGet(waited);
      LOG.debug("waited for a kernel: kernel={}, micros={}", nameOf(key), waited / 1000);
    }
  }

  private String nameOf(Object key) {
    CompletableFuture<Kernel> kernel = kernels.get(key);
    boolean made = kernel != null && kernel.isDone() && !kernel.isCompletedExceptionally();
    return made ? kernel.join().name() : "none";
  }

  private Kernel single(Object key, Recipe recipe) {
    requireOpen();
    CompletableFuture<Kernel> known = kernels.get(key);
    CompletableFuture<Kernel> mine = new CompletableFuture<>();
    if (known == null) {
      known = kernels.putIfAbsent(key, mine);
    }
    if (known != null) {
      return join(known);
    }
    return make(key, mine, recipe);
  }

  private Kernel make(Object key, CompletableFuture<Kernel> mine, Recipe recipe) {
    long start = System.nanoTime();
    try {
      SpirvModule module = recipe.module().get();
      long translated = System.nanoTime();
      mine.complete(createOrRaw(module, recipe.source()));
      LOG.debug(
          "kernel made: kernel={}, bytes={}, sourceMicros={}, driverMicros={}",
          module.name(),
          module.code().length,
          (translated - start) / 1000,
          (System.nanoTime() - translated) / 1000);
    } catch (RuntimeException | Error e) {
      kernels.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    } finally {
      workNanos.addAndGet(System.nanoTime() - start);
    }
    return mine.join();
  }

  /** Refuses kernels of a closed device: those made before are destroyed, too. */
  private void requireOpen() {
    gate.exit(gate.enter());
  }

  private static Kernel join(CompletableFuture<Kernel> kernel) {
    try {
      return kernel.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Makes a kernel, from code that is not optimised where the driver cannot compile what optimising
   * made: NVIDIA's was seen to fail so with sound code.
   */
  private Kernel createOrRaw(SpirvModule module, Supplier<ShaderSource> source) {
    try {
      return create(module);
    } catch (KronosException.DeviceFailure e) {
      if (device.failure() != null || build != ShaderBuild.PLAIN) {
        throw e;
      }
      LOG.warn("driver cannot compile a kernel, tried again unoptimised: kernel={}", module.name());
      SpirvModule raw = compiler().compile(source.get(), ShaderBuild.RAW);
      Kernel kernel = create(raw);
      disk.write(file(source.get()), raw.code());
      return kernel;
    }
  }

  private Kernel create(SpirvModule module) {
    if (module.pushConstantBytes() > PersistentSet.ROOT_BYTES) {
      throw new KronosException.InvalidArgument(
          message(
              "push constants larger than the root",
              "kernel",
              module.name(),
              "sizeBytes",
              module.pushConstantBytes(),
              "maximum",
              PersistentSet.ROOT_BYTES));
    }
    long stamp = gate.enter();
    try {
      Kernel kernel = new Kernel(device, module, pipelines.create(module.name(), module.code()));
      created.incrementAndGet();
      return kernel;
    } finally {
      gate.exit(stamp);
    }
  }

  private SpirvModule stored(String name) {
    try {
      // What ships is the plain build; a checked one comes from the source that is shipped as well.
      return build == ShaderBuild.PLAIN ? catalog.module(name) : translate(catalog.source(name));
    } catch (IllegalArgumentException e) {
      throw new KronosException.InvalidArgument(e.getMessage(), e);
    }
  }

  private SpirvModule translate(ShaderSource source) {
    String file = file(source);
    Optional<SpirvModule> kept = disk.read(file).flatMap(code -> parse(source.name(), code));
    if (kept.isPresent()) {
      return kept.get();
    }
    SpirvModule module = compiler().compile(source, build);
    compilations.incrementAndGet();
    disk.write(file, module.code());
    return module;
  }

  private String file(ShaderSource source) {
    return "spirv-" + SourceHash.of(build.sourceOf(source), includes) + ".bin";
  }

  private static Optional<SpirvModule> parse(String name, byte[] code) {
    try {
      return Optional.of(SpirvModule.of(name, code));
    } catch (ShaderCompileException e) {
      LOG.info("damaged kernel in cache ignored: kernel={}", name);
      return Optional.empty();
    }
  }

  private synchronized ShaderCompiler compiler() {
    requireOpen();
    if (compiler == null) {
      compiler = ShaderCompiler.create();
    }
    return compiler;
  }
}
