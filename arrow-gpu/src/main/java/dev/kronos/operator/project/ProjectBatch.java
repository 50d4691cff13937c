// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.Nullability;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.ColumnWriter;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.OutputColumns;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.SideColumns;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.TextRoom;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Filters and projects batches into new columns of Arrow's layout; rows keep their order. Not
 * thread-safe; any number of operators may work on one device at once.
 */
public final class ProjectBatch implements AutoCloseable {
  /** Counters of strings that are made: by the kernel of the outputs, and that of the filters. */
  private static final int ROOMS = 2;

  private final FusedPipeline pipeline;
  private final List<ColumnLayout> inputs;
  private final SideColumns sides;
  private final Resources resources = new Resources();
  private final Stream stream;
  private final BatchUpload upload;
  private final StatusArea status;
  private final RowSelection selection;
  private final Kernel kernel;
  private final LiteralBuffer literals;
  private final ColumnWriter writer;
  private final TextRoom room;
  private final int tileRows;
  private long batches;
  private long rowsIn;
  private long rowsOut;

  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what to compute
   * @throws KronosException.Unsupported when {@link #unsupported} gives a reason
   */
  public ProjectBatch(Kronos kronos, PipelineSpec spec) {
    this(kronos, spec, SideColumns.NONE);
  }

  /**
   * Creates an operator over batches beside tables.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what to compute
   * @param sides columns of the layouts {@code spec.sides()}, which stay open as long as the
   *     operator
   * @throws KronosException.Unsupported when {@link #unsupported} gives a reason
   */
  public ProjectBatch(Kronos kronos, PipelineSpec spec, SideColumns sides) {
    this(kronos, spec, sides, null);
  }

  /**
   * Creates an operator that works on a stream of the caller's and leaves the last submission to
   * it, so that what is done with the result can be part of it. Then a batch of host memory must
   * stay as it is, and a result means nothing, until {@link #check} has passed.
   *
   * @param shared where work is recorded; stays the caller's and outlives the operator
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what to compute
   * @throws KronosException.Unsupported when {@link #unsupported} gives a reason
   */
  public static ProjectBatch on(Stream shared, Kronos kronos, PipelineSpec spec) {
    return new ProjectBatch(kronos, spec, SideColumns.NONE, shared);
  }

  private ProjectBatch(Kronos kronos, PipelineSpec spec, SideColumns sides, Stream shared) {
    this.pipeline = FusedPipeline.of(spec);
    this.inputs = spec.inputs();
    this.sides = sides;
    this.tileRows = ProjectCode.tileRows(pipeline);
    prepare(kronos, spec);
    List<ColumnLayout> layouts = outputLayouts();
    int filters = pipeline.conditions().size();
    try {
      this.stream = shared == null ? resources.own(kronos.newStream()) : shared;
      this.upload = new BatchUpload(kronos, stream);
      int counters = filters + ColumnWriter.stringCount(layouts);
      this.status = resources.own(new StatusArea(kronos.memory(), stream, counters + ROOMS));
      this.room = resources.own(new TextRoom(kronos, status, counters, pipeline.outputs()));
      this.selection =
          filters == 0
              ? null
              : resources.own(new RowSelection(kronos, stream, pipeline, status, counters + 1));
      ProjectCode code = new ProjectCode(pipeline, layouts, filters);
      ShaderSource source = code.source();
      this.writer = new ColumnWriter(kronos, stream, status, layouts, filters).of(source);
      if (shared != null) {
        writer.deferred();
      }
      this.kernel = kronos.kernels().compile(source);
      this.literals = resources.own(new LiteralBuffer(kronos.memory(), stream, code.literals()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Has the kernels of an operator made in the background; see {@code Kernels.prepare}.
   *
   * @param kronos the device
   * @param spec what the operator is going to compute
   */
  public static void prepare(Kronos kronos, PipelineSpec spec) {
    kronos.kernels().prepare(spec, () -> kernels(spec));
  }

  /**
   * Returns the texts of an operator's kernels; needs no device.
   *
   * @throws KronosException.Unsupported when {@link #unsupported} gives a reason
   */
  public static List<ShaderSource> kernels(PipelineSpec spec) {
    FusedPipeline pipeline = FusedPipeline.of(spec);
    List<ShaderSource> sources = new ArrayList<>();
    int filters = pipeline.conditions().size();
    if (filters > 0) {
      sources.add(new SelectCode(pipeline).source());
      sources.add(RowSelection.starts());
    }
    sources.add(new ProjectCode(pipeline, layouts(pipeline), filters).source());
    return sources;
  }

  private static ColumnLayout layout(DataType type, boolean nullable) {
    return ArrowColumns.layout(type, nullable ? Nullability.NULLABLE : Nullability.NON_NULL);
  }

  /** Returns the layouts of the columns of every batch that an operator is going to give out. */
  public static List<ColumnLayout> outputLayouts(PipelineSpec spec) {
    return layouts(FusedPipeline.of(spec));
  }

  /** Returns the layouts of the columns of every batch given out. */
  public List<ColumnLayout> outputLayouts() {
    return layouts(pipeline);
  }

  private static List<ColumnLayout> layouts(FusedPipeline pipeline) {
    return pipeline.outputs().stream().map(e -> layout(e.type(), e.nullable())).toList();
  }

  /** Returns why a pipeline cannot run on a device, or nothing; needs no device. */
  public static Optional<String> unsupported(PipelineSpec spec) {
    return spec.outputTypes().size() > MOST_COLUMNS ? Optional.of(TOO_WIDE) : Optional.empty();
  }

  /** Returns which outputs are too large for a device, in the words of {@link #unsupported}. */
  public static List<String> limits() {
    return List.of(TOO_WIDE);
  }

  /** Columns whose bits fit the shared memory of every device, two bits a row each. */
  private static final int MOST_COLUMNS = 200;

  private static final String TOO_WIDE = "more than " + MOST_COLUMNS + " columns";

  /**
   * Computes the output of a batch of host memory.
   *
   * @param batch stays the caller's; may change again as soon as this returns
   * @return a complete batch that the caller closes
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public ColumnBatch apply(HostBatch batch) {
    BatchBinding.check(inputs, batch);
    try (ColumnBatch uploaded = upload.upload(batch)) {
      return compute(sides.beside(uploaded));
    }
  }

  /**
   * Computes the output of a batch that is on the device.
   *
   * @param batch stays the caller's
   * @return a complete batch that the caller closes
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public ColumnBatch apply(ColumnBatch batch) {
    BatchBinding.check(inputs, batch);
    return compute(sides.beside(batch));
  }

  private ColumnBatch compute(ColumnBatch batch) {
    int rows = batch.rows();
    if (rows > 0 && selection != null) {
      rows = selection.select(batch);
    }
    batches++;
    rowsIn += batch.rows();
    rowsOut += rows;
    int selected = rows;
    return writer.write(rows, room, sources(batch), output -> record(batch, output, selected));
  }

  /** Returns reads of all that strings of the output may point to. */
  private List<Access> sources(ColumnBatch batch) {
    List<Access> accesses = new ArrayList<>(literals.accesses());
    BatchBinding.addReads(accesses, batch);
    return accesses;
  }

  private void record(ColumnBatch batch, OutputColumns output, int rows) {
    List<Access> accesses = sources(batch);
    Arguments arguments = Arguments.builder();
    literals.put(arguments);
    arguments.putLong(status.countersAddress());
    accesses.add(status.access());
    room.put(arguments);
    accesses.addAll(room.accesses());
    output.put(arguments);
    accesses.add(output.access());
    if (selection != null) {
      selection.put(arguments);
      accesses.addAll(selection.reads());
    }
    BatchBinding.put(arguments, batch);
    int workgroups = Workgroups.forTiles((rows - 1L) / tileRows + 1);
    stream.dispatch(
        new Dispatch(kernel, arguments, accesses, workgroups, rows, 0, status.buffer()));
  }

  /**
   * Checks the rows of all batches whose work is awaited, for operators made by {@link #on}.
   *
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public void check() {
    status.checkRows();
  }

  /** Returns the counts so far. */
  public OperatorCounters counters() {
    List<Long> filterRows = new ArrayList<>();
    for (int i = 0; i < pipeline.conditions().size(); i++) {
      filterRows.add(rowsIn == 0 ? 0L : selection.passed(i));
    }
    return new OperatorCounters(batches, rowsIn, rowsOut, filterRows, stream.counters());
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    resources.close();
  }
}
