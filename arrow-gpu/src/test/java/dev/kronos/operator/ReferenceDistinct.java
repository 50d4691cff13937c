// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.Function;
import java.util.List;

/** The plain-Java twin of registers of distinct values, which {@code sketches.glsl} draws. */
public final class ReferenceDistinct {
  private static final int WORD_REGISTERS = 10;
  private static final int REGISTER_BITS = 6;

  private ReferenceDistinct() {}

  /**
   * Returns what a call tells of registers.
   *
   * @param values of each row the hash and the call's constants; or, after the first word and the
   *     constants, the other words of registers to unite
   */
  public static Object of(AggregateCall call, List<Object> values) {
    int constants = call.function() == Function.DISTINCT_WORD ? 2 : 1;
    int precision = constant(call, 0);
    int[] registers = new int[1 << precision];
    for (Object value : values) {
      List<?> row = (List<?>) value;
      if (row.size() == 1 + constants) {
        put(registers, precision, (Long) row.get(0));
      } else {
        unite(registers, row, constants);
      }
    }
    return switch (call.function()) {
      case DISTINCT_WORD -> word(registers, constant(call, 1));
      case DISTINCT_ZEROS -> zeros(registers);
      default -> inverse(registers);
    };
  }

  private static int constant(AggregateCall call, int index) {
    return (Integer) ((Literal) call.others().get(index)).value();
  }

  private static void put(int[] registers, int precision, long hash) {
    int index = (int) (hash >>> (Long.SIZE - precision));
    int rank = 1;
    for (int bit = Long.SIZE - precision - 1; bit >= 0 && (hash >>> bit & 1) == 0; bit--) {
      rank++;
    }
    registers[index] = Math.max(registers[index], rank);
  }

  private static void unite(int[] registers, List<?> row, int constants) {
    for (int i = 0; i < registers.length; i++) {
      int word = i / WORD_REGISTERS;
      Object bits = row.get(word == 0 ? 0 : word + constants);
      if (bits != null) {
        int rank = (int) (((Long) bits >>> (i % WORD_REGISTERS * REGISTER_BITS)) & 63);
        registers[i] = Math.max(registers[i], rank);
      }
    }
  }

  private static long word(int[] registers, int word) {
    long bits = 0;
    int first = word * WORD_REGISTERS;
    for (int i = first; i < Math.min(first + WORD_REGISTERS, registers.length); i++) {
      bits |= (long) registers[i] << ((i - first) * REGISTER_BITS);
    }
    return bits;
  }

  private static long zeros(int[] registers) {
    long zeros = 0;
    for (int register : registers) {
      zeros += register == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static double inverse(int[] registers) {
    double sum = 0;
    for (int register : registers) {
      sum += Math.scalb(1.0, -register);
    }
    return sum;
  }
}
