// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import dev.kronos.bench.kronos.KronosSide;
import dev.kronos.bench.program.LoadedJob;
import dev.kronos.bench.program.PhaseClock;
import dev.kronos.bench.program.Side;
import dev.kronos.bench.result.Start;
import dev.kronos.bench.result.Summary;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Problem;
import dev.kronos.bench.work.Workload;
import dev.kronos.device.DeviceInfo;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Kernels;
import dev.kronos.kernels.KernelCatalog;
import dev.kronos.vulkan.baseline.PlainSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Measures the time from opening a device to a verified result, with Kronos' cache of kernels on
 * disk empty and filled. Drivers keep caches of their own, which are left as they are.
 */
final class StartRun {

  private static final long SIZE_BYTES = 1 << 16;
  private static final double NANOS_PER_MILLI = 1e6;

  private final KronosOptions options;
  private final int repeats;
  private final Problem problem = Workload.SAXPY.problem(SIZE_BYTES);
  private final KernelCatalog catalog = KernelCatalog.load();
  private final List<Start> results = new ArrayList<>();

  private StartRun(KronosOptions options, int repeats) {
    this.options = options;
    this.repeats = repeats;
  }

  /** Runs Kronos first, so that the first time of all contains loading Vulkan and all classes. */
  static List<Start> run(KronosOptions options, BoundKernels bound, int repeats) {
    StartRun run = new StartRun(options, repeats);
    run.kronos("Kronos, packaged kernel", Kernels::named);
    run.kronos("Kronos, kernel compiled from source", run::compile);
    DeviceInfo device = Sides.device(options);
    bound.apply(run.problem.steps().get(0).kernel());
    run.repeat(
        "baseline, kernel compiled before",
        () -> PlainSide.open(device.index(), options.validation(), bound));
    return run.results;
  }

  private Kernel compile(Kernels kernels, String name) {
    return kernels.compile(catalog.source(name));
  }

  private void kronos(String program, BiFunction<Kernels, String, Kernel> kernels) {
    List<Path> folders = new ArrayList<>();
    repeat(
        program + ", cold cache",
        () -> {
          folders.add(newFolder());
          return KronosSide.open(cachedIn(folders.get(folders.size() - 1)), kernels);
        });
    KronosOptions warm = cachedIn(folders.get(0));
    repeat(program + ", warm cache", () -> KronosSide.open(warm, kernels));
    folders.forEach(StartRun::delete);
  }

  private KronosOptions cachedIn(Path folder) {
    return options.toBuilder().set(KronosOption.CACHE_DIR, folder.toString()).build();
  }

  private void repeat(String program, Supplier<Side> open) {
    double first = millis(open);
    double[] more = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      more[i] = millis(open);
    }
    results.add(new Start(program, first, Summary.of(more)));
  }

  private double millis(Supplier<Side> open) {
    long start = System.nanoTime();
    try (Side side = open.get();
        LoadedJob loaded = side.load(new Job(problem, 1, 1))) {
      loaded.program(side.contenders().get(0)).run(PhaseClock.off());
      byte[] result = loaded.result(0);
      double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
      problem.check(result, 1);
      return millis;
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("kronos-cache");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
