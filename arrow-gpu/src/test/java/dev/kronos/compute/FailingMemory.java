// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.memory.FailureInjection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Holds calls to what they promise where memory runs out: the right answer or {@link
 * KronosException.Exhausted}, operands as they were, and nothing left behind. Each request for
 * memory that a call makes fails once: the n-th one and its multiples, for every n up to their
 * number.
 */
public final class FailingMemory {
  private static final int MOST_REQUESTS = 1000;

  private final Kronos kronos;
  private final List<FieldVector> operands;

  /**
   * Creates the contract.
   *
   * @param kronos the device; stays the caller's
   * @param operands what calls read; stay the caller's
   */
  public FailingMemory(Kronos kronos, List<FieldVector> operands) {
    this.kronos = kronos;
    this.operands = List.copyOf(operands);
  }

  /** Says what is held: buffers and bytes of the pools, bytes of the allocator. */
  private record Held(long buffers, long bytes, long arrowBytes) {
    static Held by(Kronos kronos) {
      return new Held(
          OpenKronos.heldBuffers(kronos),
          kronos.memory().outstandingBytes(),
          kronos.allocator().getAllocatedMemory());
    }
  }

  /**
   * Makes a call with each of its requests failing.
   *
   * @param call gives vectors, batches, lists of such, or values; what it gives is closed
   * @return how many requests the call makes, at least
   */
  public int check(Supplier<?> call) {
    List<Object> expected = taken(call.get());
    List<Object> before = values(operands);
    Held held = Held.by(kronos);
    for (int nth = 1; nth <= MOST_REQUESTS; nth++) {
      boolean failed = fails(nth, call, expected);
      assertThat(Held.by(kronos)).as("held after request %s failed", nth).isEqualTo(held);
      assertThat(values(operands)).as("operands after request %s failed", nth).isEqualTo(before);
      if (!failed) {
        return nth - 1;
      }
    }
    throw new AssertionError("requests fail without end: requests=" + MOST_REQUESTS);
  }

  /** Returns whether any request was made to fail. */
  private boolean fails(int nth, Supplier<?> call, List<Object> expected) {
    FailureInjection injection = kronos.memory().injection();
    injection.failEvery(nth);
    try {
      Object result = call.get();
      boolean failed = injection.failures() > 0;
      injection.failEvery(0);
      assertThat(taken(result)).as("result although request %s failed", nth).isEqualTo(expected);
      return failed;
    } catch (KronosException.Exhausted e) {
      assertThat(injection.failures()).as("failures behind: %s", e.getMessage()).isPositive();
      return true;
    } finally {
      injection.failEvery(0);
    }
  }

  /** Reads a result, and closes it. */
  private static List<Object> taken(Object result) {
    if (result instanceof List<?> several) {
      return several.stream().map(FailingMemory::taken).map(Object.class::cast).toList();
    }
    if (result instanceof FieldVector vector) {
      try (vector) {
        return values(vector);
      }
    }
    if (result instanceof VectorSchemaRoot batch) {
      try (batch) {
        return values(batch.getFieldVectors());
      }
    }
    if (result instanceof DictionaryEncoded encoded) {
      try (encoded) {
        return List.of(values(encoded.indices()), values(encoded.dictionary().getVector()));
      }
    }
    return List.of(result);
  }

  private static List<Object> values(List<FieldVector> vectors) {
    return vectors.stream().map(FailingMemory::values).map(Object.class::cast).toList();
  }

  private static List<Object> values(FieldVector vector) {
    List<Object> values = new ArrayList<>(vector.getValueCount());
    for (int i = 0; i < vector.getValueCount(); i++) {
      values.add(vector.isNull(i) ? "null" : vector.getObject(i).toString());
    }
    return values;
  }
}
