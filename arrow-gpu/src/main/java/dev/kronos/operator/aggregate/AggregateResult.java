// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.OutputColumns;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;

/** Turns the state of a grouping into a batch. */
final class AggregateResult {
  private final Kronos kronos;
  private final Stream stream;
  private final AggregatePlan plan;
  private final GroupState state;
  private final StatusArea status;
  private final List<ColumnLayout> layouts;

  AggregateResult(
      Kronos kronos, Stream stream, AggregatePlan plan, GroupState state, StatusArea status) {
    this.kronos = kronos;
    this.stream = stream;
    this.plan = plan;
    this.state = state;
    this.status = status;
    this.layouts = plan.spec().outputLayouts();
  }

  /** Returns how many counters a grouping needs. */
  static int counters(AggregatePlan plan) {
    return firstCharacters(plan) + plan.keys().size() + plan.spec().calls().size();
  }

  private static int firstCharacters(AggregatePlan plan) {
    return StateCode.FILTERS + plan.pipeline().conditions().size();
  }

  /** Returns the kernel that writes the result. */
  static ShaderSource emission(AggregatePlan plan) {
    List<ColumnLayout> layouts = plan.spec().outputLayouts();
    return EmitCode.emission(plan, new OutputCode(layouts, firstCharacters(plan)));
  }

  /**
   * Makes the batch.
   *
   * @param keyReads accesses to what keys refer to
   * @param rowsIn rows taken in so far
   */
  ColumnBatch emit(List<Access> keyReads, long rowsIn) {
    long groups = !plan.grouped() ? 1 : rowsIn == 0 ? 0 : status.counter(StateCode.GROUPS);
    if (groups > Integer.MAX_VALUE) {
      throw new KronosException.Exhausted(
          KronosException.message("too many groups for a batch", "groups", groups));
    }
    if (groups == 0) {
      return empty(0);
    }
    DeviceBuffer slots =
        kronos.memory().allocate(Pool.DEVICE, plan.grouped() ? groups * Integer.BYTES : 0);
    try (slots;
        OutputColumns output = new OutputColumns(kronos, layouts, (int) groups)) {
      recordEmission(slots, output, (int) groups, keyReads);
      status.recordRead(stream);
      stream.submit().await();
      checkOverflow();
      return output.finish(stream, characters(), sources(keyReads));
    }
  }

  /** Returns reads of everything that strings of the result lie in. */
  private List<Access> sources(List<Access> keyReads) {
    List<Access> sources = new ArrayList<>(keyReads);
    if (plan.keepsFilters()) {
      sources.add(state.access());
    }
    return sources;
  }

  /** Makes a batch without rows of the columns from one on. */
  ColumnBatch empty(int first) {
    List<Column> columns = new ArrayList<>(layouts.size());
    for (ColumnLayout layout : layouts.subList(first, layouts.size())) {
      columns.add(new Column(layout, null, null, null, null, 0));
    }
    return new ColumnBatch(columns, 0);
  }

  private void recordEmission(
      DeviceBuffer slots, OutputColumns output, int groups, List<Access> keyReads) {
    Arguments arguments = Arguments.builder().putLong(0);
    state.put(arguments, 0);
    arguments.putAddress(slots);
    if (plan.grouped()) {
      List<Access> accesses = List.of(state.access(), status.access(), Access.updates(slots));
      dispatch(EmitCode.compaction(plan), arguments, accesses, (int) state.capacity());
    }
    output.put(arguments);
    List<Access> accesses = new ArrayList<>(keyReads);
    accesses.addAll(List.of(state.access(), status.access(), output.access(), Access.reads(slots)));
    dispatch(emission(plan), arguments, accesses, groups);
  }

  private void dispatch(
      ShaderSource source, Arguments arguments, List<Access> accesses, int count) {
    stream.dispatch(
        new Dispatch(
            kronos.kernels().compile(source),
            arguments,
            accesses,
            Workgroups.forRows(count),
            count,
            0,
            status.buffer()));
  }

  private void checkOverflow() {
    long rank = status.counter(StateCode.OVERFLOW);
    if (rank != 0) {
      throw new AggregateOverflow(plan.spec().calls().size() - (int) rank);
    }
  }

  private List<Long> characters() {
    List<Long> characters = new ArrayList<>();
    for (ColumnLayout layout : layouts) {
      if (layout.type().equals(DataType.STRING)) {
        characters.add(status.counter(firstCharacters(plan) + characters.size()));
      }
    }
    return characters;
  }
}
