// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.TransferPair;

/**
 * Finds the different values of a vector, as Arrow's {@code unique}, {@code value_counts}, {@code
 * dictionary_encode} and {@code count_distinct} do, in the order of their first appearance, and
 * undoes dictionary encoding. NaNs are one value; 0.0 and -0.0 are two, as in Arrow.
 *
 * <p>Takes every layout that {@link Selection} moves. Results lie in memory of the device's
 * allocator and are the caller's to close. Thread-safe. Errors: {@link KronosException.Unsupported}
 * for other layouts, {@link KronosException.Exhausted} when there is no room on the device; the
 * vector is untouched then. Cost: O(n) work and memory for n values, as long as few of their hashes
 * collide, and the bytes of their strings.
 */
public final class Distinct {
  private static final String VALUES = "values";
  private static final String COUNTS = "counts";

  private final Kronos kronos;
  private final Decoder decoder;

  /** Creates the functions of a device, which stays the caller's. */
  public Distinct(Kronos kronos) {
    this(Decoder.none(kronos));
  }

  /**
   * Creates functions that see dictionary-encoded vectors as values, of which their results are
   * then; see {@link Elementwise}. The others take indices for values.
   */
  public Distinct(Kronos kronos, DictionaryProvider dictionaries) {
    this(Decoder.of(kronos, dictionaries));
  }

  private Distinct(Decoder decoder) {
    this.decoder = decoder;
    this.kronos = decoder.kronos();
  }

  /**
   * Returns the different values; null is one of them.
   *
   * @param values any vector
   * @return a vector of the same type and name
   */
  public FieldVector unique(FieldVector values) {
    return decoder.call(values, plain -> group(plain, List.of(), List.of(plain.getField())).get(0));
  }

  /**
   * Returns the different values and how often each appears; null is one of them.
   *
   * @param values any vector
   * @return {@code values}, of the same type, and {@code counts}, INT64, the fields of Arrow's
   *     struct
   */
  public VectorSchemaRoot valueCounts(FieldVector values) {
    return decoder.call(values, this::valueCountsOf);
  }

  private VectorSchemaRoot valueCountsOf(FieldVector values) {
    FieldType type = values.getField().getFieldType();
    Field counts = new Field(COUNTS, FieldType.nullable(new ArrowType.Int(64, true)), null);
    AggregateCall rows = AggregateCalls.counted(null);
    return new VectorSchemaRoot(
        group(values, List.of(rows), List.of(new Field(VALUES, type, null), counts)));
  }

  /** Returns how many different values there are. */
  public long countDistinct(FieldVector values, CountMode mode) {
    return decoder.call(values, plain -> countDistinctOf(plain, mode));
  }

  private long countDistinctOf(FieldVector values, CountMode mode) {
    boolean anyNull = values.getNullCount() > 0;
    if (mode == CountMode.ONLY_NULL) {
      return anyNull ? 1 : 0;
    }
    long nulls = anyNull && mode == CountMode.ONLY_VALID ? 1 : 0;
    try (Stream stream = kronos.newStream();
        GroupInput input = GroupInput.upload(kronos, stream, List.of(values), List.of());
        ColumnBatch groups =
            new GroupPass(kronos, stream).group(GroupPass.Rows.of(input), List.of())) {
      return groups.rows() - nulls;
    }
  }

  private List<FieldVector> group(
      FieldVector values, List<AggregateCall> calls, List<Field> fields) {
    try (Stream stream = kronos.newStream();
        GroupInput input = GroupInput.upload(kronos, stream, List.of(values), List.of());
        ColumnBatch groups = new GroupPass(kronos, stream).group(GroupPass.Rows.of(input), calls)) {
      List<Column> wanted = groups.columns().subList(0, fields.size());
      return Projection.download(kronos, new ColumnBatch(wanted, groups.rows()), fields);
    }
  }

  /**
   * Replaces each value by its place among the different ones.
   *
   * @param values any vector that is not dictionary-encoded, or whose dictionary is given
   * @param nulls what becomes of nulls
   * @param dictionaryId the number of the dictionary in a schema
   * @return signed 32-bit indices and the dictionary
   * @throws KronosException.InvalidArgument when the vector is dictionary-encoded already, and its
   *     dictionary is not given
   */
  public DictionaryEncoded dictionaryEncode(
      FieldVector values, NullEncoding nulls, long dictionaryId) {
    return decoder.call(values, plain -> encode(plain, nulls, dictionaryId));
  }

  private DictionaryEncoded encode(FieldVector values, NullEncoding nulls, long dictionaryId) {
    if (values.getField().getDictionary() != null) {
      throw new KronosException.InvalidArgument(
          KronosException.message("vector is dictionary-encoded", "vector", values.getField()));
    }
    try (Stream stream = kronos.newStream();
        GroupInput input = GroupInput.upload(kronos, stream, List.of(values), List.of());
        GroupNumbers groups = new GroupNumbers(kronos, stream, input, counted(input, nulls))) {
      FieldVector dictionary = dictionary(values, input, groups);
      try {
        return encoded(indices(values, input, groups, nulls), dictionary, dictionaryId);
      } catch (RuntimeException e) {
        dictionary.close();
        throw e;
      }
    }
  }

  /**
   * Replaces each index of a dictionary-encoded vector by the value that it stands for, as Arrow's
   * {@code dictionary_decode} does.
   *
   * @param encoded integers of any type, with a dictionary or without; null gives null
   * @param dictionary the values, any vector
   * @return a vector of the type of the dictionary under its name, as long as {@code encoded}
   * @throws KronosException.InvalidArgument when an index names no value of the dictionary
   */
  public FieldVector dictionaryDecode(FieldVector encoded, FieldVector dictionary) {
    return decoder.decode(encoded, dictionary, dictionary.getField());
  }

  /**
   * Replaces the indices of all dictionary-encoded vectors of a batch by the values that they stand
   * for, so that every function takes them.
   *
   * @param batch vectors of one length; stays the caller's
   * @param dictionaries knows the dictionaries that the fields of the batch name; stays the
   *     caller's
   * @return the vectors under their names, encoded ones of the types of their dictionaries. The
   *     others share memory with those of the batch, and stay in the allocators of these. The
   *     caller closes it
   * @throws KronosException.InvalidArgument when there is no such dictionary, or an index names no
   *     value of it
   */
  public VectorSchemaRoot dictionaryDecode(
      VectorSchemaRoot batch, DictionaryProvider dictionaries) {
    Decoder found = Decoder.of(kronos, dictionaries);
    List<FieldVector> plain = new ArrayList<>();
    try {
      for (FieldVector vector : batch.getFieldVectors()) {
        DictionaryEncoding encoding = vector.getField().getDictionary();
        plain.add(encoding == null ? shared(vector) : found.decode(vector));
      }
      return new VectorSchemaRoot(plain);
    } catch (RuntimeException e) {
      plain.forEach(FieldVector::close);
      throw e;
    }
  }

  private static FieldVector shared(FieldVector vector) {
    TransferPair pair = vector.getTransferPair(vector.getAllocator());
    pair.splitAndTransfer(0, vector.getValueCount());
    return (FieldVector) pair.getTo();
  }

  private static Expression counted(GroupInput input, NullEncoding nulls) {
    return nulls == NullEncoding.MASK
        ? new IsNotNull(input.keys().get(0))
        : new Literal(DataType.BOOLEAN, true);
  }

  private FieldVector dictionary(FieldVector values, GroupInput input, GroupNumbers groups) {
    ColumnBatch batch = groups.batch(input);
    PipelineSpec spec =
        new PipelineSpec(
            GroupInput.layouts(batch),
            List.of(new Filter(groups.isFirst()), new Project(input.keys())));
    try (ProjectBatch project = new ProjectBatch(kronos, spec);
        ColumnBatch firsts = project.apply(batch)) {
      return Projection.download(kronos, firsts, List.of(values.getField())).get(0);
    }
  }

  /** An index that is null is 0, so that equal results are equal bytes. */
  private FieldVector indices(
      FieldVector values, GroupInput input, GroupNumbers groups, NullEncoding nulls) {
    List<Column> columns = new ArrayList<>(input.batch().columns());
    columns.add(groups.numbers());
    ColumnBatch batch = new ColumnBatch(columns, input.rows());
    Expression index = GroupInput.reference(GroupInput.layouts(batch), columns.size() - 1);
    if (nulls == NullEncoding.MASK) {
      index = LogicRules.ifElse(counted(input, nulls), index, Literal.ofNull(DataType.INT32));
    }
    Field field =
        new Field(values.getName(), FieldType.nullable(new ArrowType.Int(32, true)), null);
    try (ColumnBatch result = GroupPass.project(kronos, batch, List.of(index))) {
      return Projection.download(kronos, result, List.of(field)).get(0);
    }
  }

  private DictionaryEncoded encoded(FieldVector indices, FieldVector dictionary, long id) {
    DictionaryEncoding encoding = new DictionaryEncoding(id, false, new ArrowType.Int(32, true));
    FieldType type = new FieldType(true, new ArrowType.Int(32, true), encoding);
    List<FieldVector> plain = new ArrayList<>(List.of(indices));
    Field field = new Field(indices.getName(), type, null);
    FieldVector named = RetypedVectors.of(plain, List.of(field), kronos.allocator()).get(0);
    return new DictionaryEncoded((IntVector) named, new Dictionary(dictionary, encoding));
  }
}
