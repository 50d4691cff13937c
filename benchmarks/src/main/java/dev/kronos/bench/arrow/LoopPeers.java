// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.bench.result.Summary;
import dev.kronos.operator.product.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times plain Java on one thread for the same work: loops as anybody writes them, and {@code
 * Arrays.sort}. The peer that a software device has to be set beside.
 */
public final class LoopPeers {
  /** Runs before the clock counts, for the compiler. */
  private static final int WARM_UPS = 3;

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
      Peers.Row row = loops.row(workload);
      if (row != null) {
        rows.add(row);
      }
    }
    // What loops computed is used, so that none of it is left out.
    String library = "Java " + Runtime.version() + ", one thread";
    return new Peers(loops.kept == 0 ? "host" : "host CPU", List.of(library), rows);
  }

  private Peers.Row row(ArrowWorkload workload) {
    return switch (workload) {
      case SORT_INT32 -> sortInts(workload);
      case SORT_INT64 -> sortLongs(workload);
      case SUM_INT64 -> sumLongs(workload);
      case SUM_FLOAT32 -> sumFloats(workload);
      case SCAN_INT32 -> scanInts(workload);
      case SCAN_INT64 -> scanLongs(workload);
      case GEMM_F32 -> multiplyFloats(workload);
      case GEMM_F64 -> multiplyDoubles(workload);
      default -> null;
    };
  }

  private Peers.Row timed(ArrowWorkload workload, String what, long elements, LongSupplier run) {
    double[] nanos = new double[plan.repeats()];
    for (int i = -WARM_UPS; i < nanos.length; i++) {
      long start = System.nanoTime();
      kept ^= run.getAsLong();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    return new Peers.Row(workload.title(), what, elements, Summary.of(nanos).median());
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
  private Peers.Row sortInts(ArrowWorkload workload) {
    int[] keys = ints(plan.keys());
    return timed(
        workload,
        "Arrays.sort",
        keys.length,
        () -> {
          int[] copy = keys.clone();
          Arrays.sort(copy);
          return copy[0];
        });
  }

  private Peers.Row sortLongs(ArrowWorkload workload) {
    long[] keys = longs(plan.keys());
    return timed(
        workload,
        "Arrays.sort",
        keys.length,
        () -> {
          long[] copy = keys.clone();
          Arrays.sort(copy);
          return copy[0];
        });
  }

  private Peers.Row sumLongs(ArrowWorkload workload) {
    long[] values = longs(plan.elements(Long.BYTES));
    return timed(
        workload,
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

  private Peers.Row sumFloats(ArrowWorkload workload) {
    float[] values = new float[plan.elements(Float.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (DeviceData.random(i) >> 40) * 0x1p-23f;
    }
    return timed(
        workload,
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

  private Peers.Row scanInts(ArrowWorkload workload) {
    int[] values = ints(plan.elements(Integer.BYTES));
    int[] sums = new int[values.length];
    return timed(
        workload,
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

  private Peers.Row scanLongs(ArrowWorkload workload) {
    long[] values = longs(plan.elements(Long.BYTES));
    long[] sums = new long[values.length];
    return timed(
        workload,
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

  private Peers.Row multiplyFloats(ArrowWorkload workload) {
    int side = plan.side();
    float[] a = new float[side * side];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) GemmCell.number(Element.FLOAT32, i);
    }
    return timed(
        workload,
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

  private Peers.Row multiplyDoubles(ArrowWorkload workload) {
    int side = plan.side();
    double[] a = new double[side * side];
    Arrays.setAll(a, i -> GemmCell.number(Element.FLOAT64, i));
    return timed(
        workload,
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
