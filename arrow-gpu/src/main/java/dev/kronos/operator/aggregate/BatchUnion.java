// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/** Unites the Bloom filters that come in batches with those of the state. */
final class BatchUnion implements AutoCloseable {
  private static final long LEAST_SLICE_ROWS = 64;

  /** Bounds what is dispatched at once. */
  private static final long MOST_INVOCATIONS = 1L << 30;

  private final Kronos kronos;
  private final Stream stream;
  private final AggregatePlan plan;
  private final GroupState state;
  private final StatusArea status;
  private Kernel kernel;
  private LiteralBuffer literals;

  BatchUnion(
      Kronos kronos, Stream stream, AggregatePlan plan, GroupState state, StatusArea status) {
    this.kronos = kronos;
    this.stream = stream;
    this.plan = plan;
    this.state = state;
    this.status = status;
  }

  /** Takes in the filters of a batch none of whose rows failed; often nothing to do. */
  void afterBatch(ColumnBatch batch) {
    if (plan.unions().isEmpty()) {
      return;
    }
    if (kernel == null) {
      UnionCode code = new UnionCode(plan);
      kernel = kronos.kernels().compile(code.source());
      literals = new LiteralBuffer(kronos.memory(), stream, code.literals());
    }
    int words = UnionCode.words(plan);
    long slices = Math.min(ceilDiv(batch.rows(), LEAST_SLICE_ROWS), MOST_INVOCATIONS / words);
    long sliceRows = ceilDiv(batch.rows(), Math.max(slices, 1));
    List<Access> accesses = new ArrayList<>(literals.accesses());
    Arguments arguments = Arguments.builder();
    literals.put(arguments);
    state.put(arguments, 0);
    arguments.putLong(batch.rows()).putLong(sliceRows).putLong(words);
    BatchBinding.put(arguments, batch);
    BatchBinding.addReads(accesses, batch);
    accesses.add(state.access());
    int count = Math.toIntExact(words * ceilDiv(batch.rows(), sliceRows));
    stream.dispatch(
        new Dispatch(
            kernel, arguments, accesses, Workgroups.forRows(count), count, 0, status.buffer()));
    stream.submit();
  }

  private static long ceilDiv(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  @Override
  public void close() {
    if (literals != null) {
      literals.close();
    }
  }
}
