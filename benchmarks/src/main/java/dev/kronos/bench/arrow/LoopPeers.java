// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.bench.result.Summary;
import dev.kronos.operator.product.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Times plain Java on one thread for the same work: loops as anybody writes them, and {@code
 * Arrays.sort}. The peer that a software device has to be set beside.
 */
public final class LoopPeers {
  /** Runs before the clock counts, for the compiler. */
  private static final int WARM_UPS = 3;

  /** Lists what has a loop; Java has one for each primitive type. */
  private static final Map<ArrowWorkload, Function<ArrowWorkload.Plan, Loop>> LOOPS =
      Map.of(
          ArrowWorkload.SORT_INT32, LoopPeers::sortInts,
          ArrowWorkload.SORT_INT64, LoopPeers::sortLongs,
          ArrowWorkload.SUM_INT64, LoopPeers::sumLongs,
          ArrowWorkload.SUM_FLOAT32, LoopPeers::sumFloats,
          ArrowWorkload.SCAN_INT32, LoopPeers::scanInts,
          ArrowWorkload.SCAN_INT64, LoopPeers::scanLongs,
          ArrowWorkload.GEMM_F32, LoopPeers::multiplyFloats,
          ArrowWorkload.GEMM_F64, LoopPeers::multiplyDoubles);

  /** Holds a loop and its data; it returns something of what it computed. */
  private record Loop(String what, long elements, LongSupplier run) {}

  private final ArrowWorkload.Plan plan;
  private long kept;

  private LoopPeers(ArrowWorkload.Plan plan) {
    this.plan = plan;
  }

  /** Times what has a loop among workloads; the others have no row. */
  public static Peers measure(List<ArrowWorkload> workloads, ArrowWorkload.Plan plan) {
    LoopPeers loops = new LoopPeers(plan);
    List<Peers.Row> rows = new ArrayList<>();
    for (ArrowWorkload workload : workloads) {
      Function<ArrowWorkload.Plan, Loop> loop = LOOPS.get(workload);
      if (loop != null) {
        rows.add(loops.row(workload, loop.apply(plan)));
      }
    }
    // What loops computed is used, so that none of it is left out.
    String library = "Java " + Runtime.version() + ", one thread";
    return new Peers(loops.kept == 0 ? "host" : "host CPU", List.of(library), rows);
  }

  private Peers.Row row(ArrowWorkload workload, Loop loop) {
    double[] nanos = new double[plan.repeats()];
    for (int i = -WARM_UPS; i < nanos.length; i++) {
      long start = System.nanoTime();
      kept ^= loop.run().getAsLong();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    return new Peers.Row(
        workload.title(), loop.what(), loop.elements(), Summary.of(nanos).median());
  }

  private static long[] longs(int count) {
    long[] values = new long[count];
    Arrays.setAll(values, DeviceData::random);
    return values;
  }

  private static int[] ints(int count) {
    int[] values = new int[count];
    Arrays.setAll(values, i -> (int) DeviceData.random(i));
    return values;
  }

  /** The copy that is sorted is made within the time; it is a small part of it. */
  private static Loop sortInts(ArrowWorkload.Plan plan) {
    int[] keys = ints(plan.keys());
    return new Loop(
        "Arrays.sort",
        keys.length,
        () -> {
          int[] copy = keys.clone();
          Arrays.sort(copy);
          return copy[0];
        });
  }

  private static Loop sortLongs(ArrowWorkload.Plan plan) {
    long[] keys = longs(plan.keys());
    return new Loop(
        "Arrays.sort",
        keys.length,
        () -> {
          long[] copy = keys.clone();
          Arrays.sort(copy);
          return copy[0];
        });
  }

  private static Loop sumLongs(ArrowWorkload.Plan plan) {
    long[] values = longs(plan.elements(Long.BYTES));
    return new Loop(
        "loop",
        values.length,
        () -> {
          long sum = 0;
          for (long value : values) {
            sum += value;
          }
          return sum;
        });
  }

  private static Loop sumFloats(ArrowWorkload.Plan plan) {
    float[] values = new float[plan.elements(Float.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (DeviceData.random(i) >> 40) * 0x1p-23f;
    }
    return new Loop(
        "loop, in double",
        values.length,
        () -> {
          double sum = 0;
          for (float value : values) {
            sum += value;
          }
          return Double.doubleToRawLongBits(sum);
        });
  }

  private static Loop scanInts(ArrowWorkload.Plan plan) {
    int[] values = ints(plan.elements(Integer.BYTES));
    int[] sums = new int[values.length];
    return new Loop(
        "loop",
        values.length,
        () -> {
          int sum = 0;
          for (int i = 0; i < values.length; i++) {
            sum += values[i];
            sums[i] = sum;
          }
          return sums[sums.length - 1];
        });
  }

  private static Loop scanLongs(ArrowWorkload.Plan plan) {
    long[] values = longs(plan.elements(Long.BYTES));
    long[] sums = new long[values.length];
    return new Loop(
        "loop",
        values.length,
        () -> {
          long sum = 0;
          for (int i = 0; i < values.length; i++) {
            sum += values[i];
            sums[i] = sum;
          }
          return sums[sums.length - 1];
        });
  }

  private static Loop multiplyFloats(ArrowWorkload.Plan plan) {
    int side = plan.side();
    float[] a = new float[side * side];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) GemmCell.number(Element.FLOAT32, i);
    }
    return new Loop(
        "three loops",
        a.length,
        () -> {
          float[] c = new float[a.length];
          for (int i = 0; i < side; i++) {
            for (int k = 0; k < side; k++) {
              float factor = a[i * side + k];
              for (int j = 0; j < side; j++) {
                c[i * side + j] += factor * a[k * side + j];
              }
            }
          }
          return Float.floatToRawIntBits(c[0]);
        });
  }

  private static Loop multiplyDoubles(ArrowWorkload.Plan plan) {
    int side = plan.side();
    double[] a = new double[side * side];
    Arrays.setAll(a, i -> GemmCell.number(Element.FLOAT64, i));
    return new Loop(
        "three loops",
        a.length,
        () -> {
          double[] c = new double[a.length];
          for (int i = 0; i < side; i++) {
            for (int k = 0; k < side; k++) {
              double factor = a[i * side + k];
              for (int j = 0; j < side; j++) {
                c[i * side + j] += factor * a[k * side + j];
              }
            }
          }
          return Double.doubleToRawLongBits(c[0]);
        });
  }
}
