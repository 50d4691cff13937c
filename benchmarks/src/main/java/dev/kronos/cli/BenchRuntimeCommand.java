// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.OptionType;
import dev.kronos.bench.report.Claims;
import dev.kronos.bench.report.Page;
import dev.kronos.bench.report.ReportFiles;
import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.runtime.Plan;
import dev.kronos.bench.runtime.RuntimeBenchmark;
import dev.kronos.bench.work.Workload;
import dev.kronos.device.DeviceSelection;
import dev.kronos.device.HostPlatform;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the runtime beside plain Vulkan. */
@Command(
    name = "runtime",
    mixinStandardHelpOptions = true,
    description = "Measure the runtime beside a plain-Vulkan program that runs the same kernels.")
final class BenchRuntimeCommand implements Callable<Integer> {

  private static final int MEMORY_SHARE = 2;
  private static final double FULL_SECONDS = 20;
  private static final double QUICK_SECONDS = 4;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "A look of about three minutes: fewer samples.")
  private boolean quick;

  @Option(
      names = "--cell-seconds",
      description = "Longest time for one workload at one size and batch (default: 20; quick: 4).")
  private Double cellSeconds;

  @Option(
      names = "--memory",
      converter = Bytes.class,
      description = "Device memory for arrays, half for each side (default: half of the device's).")
  private Long memoryBytes;

  @Option(
      names = "--workloads",
      split = ",",
      defaultValue = "SAXPY,REDUCTION,PREFIX_SUM,GEMM",
      description = "Workloads (default: ${DEFAULT-VALUE}).")
  private List<Workload> workloads;

  @Option(
      names = "--sizes",
      split = ",",
      converter = Bytes.class,
      defaultValue = "64k,8m,64m",
      description = "Sizes of the first array, ascending (default: ${DEFAULT-VALUE}).")
  private List<Long> sizes;

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "1,16,256",
      description = "Operations of a batch, ascending (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches;

  @Option(
      names = "--output",
      description = "Folder for data, page and charts (default: benchmarks/results/DEVICE-DRIVER).")
  private Path output;

  @Option(
      names = "--render",
      description = "Write page and charts of a runtime.json that is there, and measure nothing.")
  private Path render;

  /** Reads sizes such as 64k. */
  static final class Bytes implements ITypeConverter<Long> {
    private static final OptionType<Long> TYPE = OptionType.bytes(16, 1L << 44);

    @Override
    public Long convert(String text) {
      return TYPE.parser().apply(text);
    }
  }

  /** Runs the benchmark; fails when a result is wrong. A claim that falls short is no failure. */
  @Override
  public Integer call() throws Exception {
    RuntimeReport report = Claims.judge(render == null ? measure() : ReportFiles.read(render));
    Path folder = output == null ? defaultFolder(report) : output;
    String missing = ReportFiles.write(report, folder);
    PrintWriter out = spec.commandLine().getOut();
    out.println(Page.claims(report));
    if (!missing.isEmpty()) {
      out.println(missing);
    }
    out.println("Written to " + folder);
    out.flush();
    return 0;
  }

  private RuntimeReport measure() {
    KronosOptions options = KronosOptions.fromEnvironment();
    Plan plan = new Plan(workloads, sizes, batches, memory(options), effort());
    try (ProgressBar bar = progressBar(plan.steps())) {
      return RuntimeBenchmark.run(options, plan, typed(spec), step -> advance(bar, step));
    }
  }

  /** Returns what was typed, but for folders, which are the user's own business. */
  static String typed(CommandSpec spec) {
    return spec.commandLine().getParent().getCommandName()
        + " "
        + spec.name()
        + spec.commandLine().getParseResult().matchedOptions().stream()
            .filter(option -> !option.longestName().equals("--output"))
            .map(
                option ->
                    " "
                        + option.longestName()
                        + " "
                        + option.originalStringValues().stream()
                            .map(value -> option.type() == Path.class ? fileName(value) : value)
                            .collect(Collectors.joining(",")))
            .collect(Collectors.joining());
  }

  private static String fileName(String path) {
    return String.valueOf(Path.of(path).getFileName());
  }

  private Plan.Effort effort() {
    double standard = quick ? QUICK_SECONDS : FULL_SECONDS;
    double seconds = cellSeconds == null ? standard : cellSeconds;
    return quick ? Plan.Effort.quick(seconds) : Plan.Effort.full(seconds);
  }

  private long memory(KronosOptions options) {
    return memoryBytes != null
        ? memoryBytes
        : DeviceSelection.choose(Kronos.devices(options), options)
                .orElseThrow(HostPlatform.current().remedy())
                .deviceMemoryBytes()
            / MEMORY_SHARE;
  }

  private Path defaultFolder(RuntimeReport report) {
    Path home = Path.of(System.getProperty("kronos.home", "."));
    return home.resolve("benchmarks/results").resolve(report.environment().slug());
  }

  private static void advance(ProgressBar bar, String step) {
    bar.setExtraMessage(" " + step);
    bar.step();
  }

  private static ProgressBar progressBar(int steps) {
    return new ProgressBarBuilder()
        .setTaskName("Measuring")
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }
}
