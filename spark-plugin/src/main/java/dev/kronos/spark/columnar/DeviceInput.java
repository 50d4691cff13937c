// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBatch;
import dev.kronos.column.Validity;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Is the door by which Spark's batches reach operators on the device, wherever they lie.
 *
 * <p>Results of Kronos's own operators are taken in place, and Arrow vectors are uploaded as they
 * are, both in Arrow's layouts. All others are described by a {@link BatchBridge}, in the layouts
 * of {@link BatchLayouts}, and uploaded. An operator is compiled for one set of layouts: the first
 * batch decides, and batches of the other kind (a union may mix them) are brought to the same
 * layouts.
 *
 * <p>One door serves one input of one task; not safe for use by many threads.
 */
public final class DeviceInput implements AutoCloseable {
  private final Kronos kronos;
  private final Runnable admission;
  private final BatchBridge bridge;
  private final Stream stream;
  private final BatchUpload upload;
  private Source source;
  private ArrowLayouts converter;

  /** Says where the first batch lay. */
  private enum Source {
    HOST,
    DEVICE
  }

  /**
   * Creates a door.
   *
   * @param kronos the device; stays the caller's
   * @param schema the columns of every batch, in order
   * @throws KronosException.Unsupported when a type has no column type
   */
  public DeviceInput(Kronos kronos, StructType schema) {
    this(kronos, schema, () -> {});
  }

  /**
   * Creates a door that lets in who may work on the device.
   *
   * @param admission waits for that, if need be; run before each batch
   */
  public DeviceInput(Kronos kronos, StructType schema, Runnable admission) {
    this.kronos = kronos;
    this.admission = admission;
    this.bridge = new BatchBridge(kronos.memory(), schema);
    this.stream = kronos.newStream();
    this.upload = new BatchUpload(kronos, stream);
  }

  /**
   * Returns the layouts that every batch has. Known from the first batch on; asked for earlier, it
   * decides for those of data that come from the host.
   */
  public List<ColumnLayout> layouts() {
    settle(Source.HOST);
    return source == Source.DEVICE ? ArrowColumns.layouts(bridge.layouts()) : bridge.layouts();
  }

  /**
   * Returns the layouts that batches are likely to have, for kernels to be prepared; decides
   * nothing.
   *
   * @param batches what is going to be brought in
   */
  public List<ColumnLayout> likelyLayouts(Iterator<ColumnarBatch> batches) {
    return ArrowBatches.likelyLayouts(batches, bridge.layouts());
  }

  /**
   * Brings a batch to the device, unless it is there. Work on any stream may use it at once.
   *
   * @param batch stays the caller's, who may close or overwrite it as soon as this returns
   * @return a batch of {@link #layouts()} with references of its own, that the caller closes
   * @throws KronosException.InvalidArgument when the batch has another number of columns
   * @throws KronosException.Exhausted when there is no room for it
   */
  public ColumnBatch toDevice(ColumnarBatch batch) {
    admission.run();
    boolean resident = isResident(batch);
    if (resident && isScanned(batch)) {
      settle(Source.HOST);
      ColumnBatch scanned = shared(batch, bridge.layouts());
      return source == Source.HOST ? scanned : converted(scanned);
    }
    boolean arrow = !resident && isArrow(batch);
    settle(resident || arrow ? Source.DEVICE : Source.HOST);
    if (resident && source == Source.DEVICE) {
      return shared(batch, layouts());
    }
    if (arrow && source == Source.DEVICE) {
      return uploadArrow(batch);
    }
    ColumnBatch uploaded = upload(batch);
    return source == Source.HOST ? uploaded : converted(uploaded);
  }

  private void settle(Source found) {
    if (source == null) {
      source = found;
    }
  }

  private boolean isResident(ColumnarBatch batch) {
    for (int i = 0; i < batch.numCols(); i++) {
      if (!(batch.column(i) instanceof DeviceColumnVector)) {
        return false;
      }
    }
    return batch.numCols() > 0 && batch.numCols() == bridge.layouts().size();
  }

  /** Tells whether all columns are Arrow vectors of the types that the schema has. */
  private boolean isArrow(ColumnarBatch batch) {
    List<ColumnLayout> layouts = bridge.layouts();
    for (int i = 0; i < batch.numCols(); i++) {
      if (!(batch.column(i) instanceof ArrowColumnVector vector)
          || !ArrowSource.isOf(vector.getValueVector(), layouts.get(i).type())) {
        return false;
      }
    }
    return batch.numCols() > 0 && batch.numCols() == layouts.size();
  }

  private ColumnBatch uploadArrow(ColumnarBatch batch) {
    List<FieldVector> vectors = new ArrayList<>(batch.numCols());
    for (int i = 0; i < batch.numCols(); i++) {
      vectors.add((FieldVector) ((ArrowColumnVector) batch.column(i)).getValueVector());
    }
    try (ColumnBatch uploaded = upload.upload(HostBatch.ofVectors(vectors, batch.numRows()))) {
      stream.submit();
      List<ColumnLayout> layouts = layouts();
      List<Column> columns = new ArrayList<>(layouts.size());
      for (int i = 0; i < layouts.size(); i++) {
        columns.add(shared(uploaded.columns().get(i), layouts.get(i)));
      }
      return new ColumnBatch(columns, batch.numRows());
    }
  }

  /** Tells whether a batch that is on the device lies there as one that was uploaded. */
  private static boolean isScanned(ColumnarBatch batch) {
    return ((DeviceColumnVector) batch.column(0)).column().layout().validity() == Validity.BYTES;
  }

  private static ColumnBatch shared(ColumnarBatch batch, List<ColumnLayout> layouts) {
    List<Column> columns = new ArrayList<>(layouts.size());
    for (int i = 0; i < layouts.size(); i++) {
      columns.add(shared(((DeviceColumnVector) batch.column(i)).column(), layouts.get(i)));
    }
    return new ColumnBatch(columns, batch.numRows());
  }

  /** Drops marks where Spark knows better than the device that there are no nulls. */
  private static Column shared(Column column, ColumnLayout layout) {
    return new Column(
        layout,
        layout.nullable() ? shared(column.validity()) : null,
        shared(column.values()),
        shared(column.offsets()),
        shared(column.ids()),
        column.bitOffset());
  }

  private static BufferSlice shared(BufferSlice slice) {
    return slice == null
        ? null
        : BufferSlice.shared(slice.buffer(), slice.offset(), slice.sizeBytes());
  }

  private ColumnBatch upload(ColumnarBatch batch) {
    ColumnBatch uploaded = upload.upload(bridge.toHost(batch));
    stream.submit();
    return uploaded;
  }

  private ColumnBatch converted(ColumnBatch uploaded) {
    try (uploaded) {
      if (converter == null) {
        converter = new ArrowLayouts(kronos, bridge.layouts());
      }
      return converter.convert(uploaded);
    }
  }

  /** Returns what uploads cost so far. */
  public StreamCounters counters() {
    StreamCounters uploads = stream.counters();
    return converter == null ? uploads : uploads.plus(converter.counters());
  }

  /** Drops what the door holds; batches given out stay valid. May be called again. */
  @Override
  public void close() {
    bridge.close();
    stream.close();
    if (converter != null) {
      converter.close();
    }
  }
}
