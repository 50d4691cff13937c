// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Does with arrays what calls do with vectors, as anybody would write it, on one thread. */
final class JavaLoops {
  private final CallData data;

  JavaLoops(CallData data) {
    this.data = data;
  }

  Object add() {
    long[] results = new long[data.longs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = data.longs[i] + data.others[i];
    }
    return results;
  }

  Object less() {
    boolean[] results = new boolean[data.longs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = data.longs[i] < data.others[i];
    }
    return results;
  }

  Object invert() {
    boolean[] results = new boolean[data.flags.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = !data.flags[i];
    }
    return results;
  }

  Object xor() {
    long[] results = new long[data.longs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = data.longs[i] ^ data.others[i];
    }
    return results;
  }

  Object cast() {
    double[] results = new double[data.ints.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = data.ints[i];
    }
    return results;
  }

  Object ifElse() {
    long[] results = new long[data.longs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = data.flags[i] ? data.longs[i] : data.others[i];
    }
    return results;
  }

  Object startsWith() {
    boolean[] results = new boolean[data.words.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = data.words[i].startsWith("a");
    }
    return results;
  }

  Object filter() {
    long[] results = new long[data.longs.length];
    int count = 0;
    for (int i = 0; i < results.length; i++) {
      if (data.flags[i]) {
        results[count++] = data.longs[i];
      }
    }
    return Arrays.copyOf(results, count);
  }

  Object take() {
    long[] results = new long[data.places.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = data.longs[data.places[i]];
    }
    return results;
  }

  Object sort() {
    long[] results = data.longs.clone();
    Arrays.sort(results);
    return results;
  }

  Object sum() {
    long sum = 0;
    for (long value : data.longs) {
      sum += value;
    }
    return sum;
  }

  Object max() {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : data.doubles) {
      max = Math.max(max, value);
    }
    return max;
  }

  Object runningSum() {
    long[] results = new long[data.longs.length];
    long sum = 0;
    for (int i = 0; i < results.length; i++) {
      sum += data.longs[i];
      results[i] = sum;
    }
    return results;
  }

  /** Groups are in the order of their first rows. */
  Object groupSums() {
    Map<Integer, long[]> groups = new LinkedHashMap<>();
    for (int i = 0; i < data.groups.length; i++) {
      groups.computeIfAbsent(data.groups[i], key -> new long[1])[0] += data.longs[i];
    }
    return groups.values().stream().mapToLong(sum -> sum[0]).toArray();
  }

  Object countDistinct() {
    Set<Integer> different = new HashSet<>();
    for (int value : data.ints) {
      different.add(value);
    }
    return (long) different.size();
  }

  /** Keys of the right side are different from each other. */
  Object join() {
    Map<Integer, Integer> table = new HashMap<>();
    for (int row = 0; row < data.keys.length; row++) {
      table.put(data.keys[row], row);
    }
    long[] results = new long[data.ints.length];
    int count = 0;
    for (int i = 0; i < data.ints.length; i++) {
      if (table.containsKey(data.ints[i])) {
        results[count++] = data.longs[i];
      }
    }
    return Arrays.copyOf(results, count);
  }

  Object dot() {
    double sum = 0;
    for (double value : data.doubles) {
      sum += value * value;
    }
    return sum;
  }

  Object multiply() {
    int side = CallData.SIDE;
    float[] results = new float[side * side];
    for (int i = 0; i < side; i++) {
      for (int k = 0; k < side; k++) {
        float factor = data.matrix[i * side + k];
        for (int j = 0; j < side; j++) {
          results[i * side + j] += factor * data.matrix[k * side + j];
        }
      }
    }
    return results;
  }

  Object sumOfProducts() {
    long sum = 0;
    for (int i = 0; i < data.longs.length; i++) {
      if (data.flags[i]) {
        sum += data.longs[i] * data.others[i];
      }
    }
    return sum;
  }
}
