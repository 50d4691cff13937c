// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kronos.device.DeviceType;
import dev.kronos.kernels.KernelCatalog;
import dev.kronos.kernels.KernelSpec;
import dev.kronos.kernels.twin.RadixPass;
import dev.kronos.kernels.twin.Scans;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the steps of one pass of the radix sort against their twin. */
@Tag("subgroups")
class RadixPassKernelTest {

  private static final int OWN_ROWS = 1;
  private static final long MASK = 0xFFFF_FFFFL;

  private static DeviceArrays arrays;

  @BeforeAll
  static void open() {
    arrays = new DeviceArrays();
  }

  @AfterAll
  static void close() {
    arrays.close();
  }

  @AfterEach
  void clear() {
    arrays.clear();
  }

  /**
   * A pass over keys.
   *
   * @param tiles how many tiles a workgroup takes
   * @param spread how many values the keys take
   */
  record Case(RadixPass pass, int tiles, double size, int extra, long spread) {
    int count() {
      return (int) (size * tile(this)) + extra;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int bits : new int[] {32, 64}) {
      RadixPass low = new RadixPass(bits, 0, 0, 0);
      RadixPass top = new RadixPass(bits, Long.MIN_VALUE >> (64 - bits), 0, bits - 8);
      RadixPass down = new RadixPass(bits, 77, -1, 3);
      cases.add(new Case(low, 1, 0, 1, -1));
      cases.add(new Case(top, 1, 0, 2, -1));
      cases.add(new Case(down, 1, 1, -1, -1));
      cases.add(new Case(low, 1, 1, 0, 3));
      cases.add(new Case(top, 1, 1, 1, -1));
      cases.add(new Case(down, 2, 6.5, 0, 1000));
      cases.add(new Case(low, 3, 7, 13, 1));
      cases.add(new Case(top, 2, 9.25, 1, -1));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsEqualTheTwin(Case of) {
    long[] keys = keys(of);
    Setup setup = new Setup(of, keys);
    run(arrays.kernels().named("sort/count_uint" + of.pass().bits()), setup, 0);
    assertThat(arrays.ints(setup.counts)).isEqualTo(of.pass().counts(keys, setup.groupElements));
  }

  /** Tells the ways in which keys of a digit find each other. */
  enum Way {
    BITS,
    BALLOTS;

    /** Returns the kernel; of software devices, whose subgroups are narrow, with narrower teams. */
    Kernel kernel(String type) {
      String name = "sort/scatter_" + type + (this == BITS ? "" : "_ballots");
      if (this == BITS || arrays.device().type() != DeviceType.CPU) {
        assumeTrue(this == BITS || arrays.device().subgroupSize() >= 32, "narrow subgroups");
        return arrays.kernels().named(name);
      }
      // llvmpipe runs 16 invocations of a subgroup at most, also where it states more.
      assumeTrue(arrays.device().subgroupSize() >= 16, "subgroups of 16, which take 512 bits");
      ShaderSource source = KernelCatalog.load().source(name);
      return arrays.kernels().compile(source.with("TEAM", "16u").with("SUBGROUP", "16u"));
    }
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> casesAndWays() {
    return cases()
        .flatMap(
            of ->
                Arrays.stream(Way.values())
                    .map(way -> org.junit.jupiter.params.provider.Arguments.of(of, way)));
  }

  @ParameterizedTest
  @MethodSource("casesAndWays")
  void keysAloneMoveAsInTheTwin(Case of, Way way) {
    long[] keys = keys(of);
    Setup setup = new Setup(of, keys).counted();
    run(way.kernel("uint" + of.pass().bits()), setup, 0);
    assertThat(setup.read(setup.sortedKeys)).isEqualTo(setup.ordered(keys));
    assertThat(arrays.ints(setup.sortedRows)).containsOnly(-1);
  }

  @ParameterizedTest
  @MethodSource("casesAndWays")
  void rowsMoveWithTheirKeys(Case of, Way way) {
    long[] keys = keys(of);
    int[] order = of.pass().order(keys);
    Setup setup = new Setup(of, keys).counted();
    Kernel kernel = way.kernel("rows_uint" + of.pass().bits());
    run(kernel, setup, OWN_ROWS);
    assertThat(setup.read(setup.sortedKeys)).isEqualTo(setup.ordered(keys));
    assertThat(arrays.ints(setup.sortedRows)).isEqualTo(order);
    run(kernel, setup, 0);
    int[] rows = arrays.ints(setup.rows);
    assertThat(arrays.ints(setup.sortedRows))
        .isEqualTo(Arrays.stream(order).map(i -> rows[i]).toArray());
  }

  private static int tile(Case of) {
    KernelSpec spec = KernelCatalog.load().spec("sort/scatter_rows_uint" + of.pass().bits());
    return spec.workgroupSize() * Integer.parseInt(spec.macros().get("ITEMS"));
  }

  private static long[] keys(Case of) {
    Random random = new Random(of.hashCode());
    long[] keys = new long[of.count()];
    for (int i = 0; i < keys.length; i++) {
      long key = of.spread() < 0 ? random.nextLong() : random.nextInt((int) of.spread()) + 5L;
      keys[i] = of.pass().bits() == 32 ? key & MASK : key;
    }
    return keys;
  }

  private static void run(Kernel kernel, Setup setup, int flags) {
    Arguments arguments =
        Arguments.builder()
            .putAddress(setup.keys)
            .putAddress(setup.rows)
            .putAddress(setup.counts)
            .putAddress(setup.sortedKeys)
            .putAddress(setup.sortedRows)
            .putLong(setup.of.pass().base())
            .putLong(setup.of.pass().flip())
            .putInt(setup.of.pass().shift())
            .putInt(setup.groupElements);
    List<Access> accesses =
        List.of(
            Access.reads(setup.keys),
            Access.reads(setup.rows),
            Access.updates(setup.counts),
            Access.writes(setup.sortedKeys),
            Access.writes(setup.sortedRows));
    DeviceArrays.Run run = new DeviceArrays.Run(setup.groups, setup.of.count(), flags);
    arrays.run(kernel, arguments, accesses, run);
  }

  /** The arrays of a run. */
  private static final class Setup {
    final Case of;
    final int groupElements;
    final int groups;
    final DeviceBuffer keys;
    final DeviceBuffer rows;
    final DeviceBuffer sortedKeys;
    final DeviceBuffer sortedRows;
    DeviceBuffer counts;

    Setup(Case of, long[] keys) {
      this.of = of;
      this.groupElements = of.tiles() * tile(of);
      this.groups = (keys.length + groupElements - 1) / groupElements;
      this.keys = upload(keys);
      this.sortedKeys = upload(new long[keys.length]);
      this.rows = arrays.of(IntStream.range(0, keys.length).map(i -> ~(3 * i)).toArray());
      int[] unset = new int[keys.length];
      Arrays.fill(unset, -1);
      this.sortedRows = arrays.of(unset);
      this.counts = arrays.of(new int[RadixPass.DIGITS * groups]);
    }

    Setup counted() {
      int[] sums = Scans.exclusive(of.pass().counts(read(keys), groupElements));
      counts = arrays.of(Arrays.copyOf(sums, sums.length - 1));
      return this;
    }

    long[] ordered(long[] keys) {
      return Arrays.stream(of.pass().order(keys)).mapToLong(i -> keys[i]).toArray();
    }

    long[] read(DeviceBuffer buffer) {
      return of.pass().bits() == 64
          ? arrays.longs(buffer)
          : Arrays.stream(arrays.ints(buffer)).mapToLong(key -> key & MASK).toArray();
    }

    private DeviceBuffer upload(long[] values) {
      return of.pass().bits() == 64
          ? arrays.of(values)
          : arrays.of(Arrays.stream(values).mapToInt(key -> (int) key).toArray());
    }
  }
}
