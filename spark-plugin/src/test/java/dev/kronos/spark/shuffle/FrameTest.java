// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.column.DataType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Takes rows apart into frames, sends them through a stream, and joins them again. */
class FrameTest {
  private static final List<DataType> TYPES =
      List.of(
          DataType.BOOLEAN,
          DataType.INT64,
          DataType.STRING,
          DataType.decimal(38, 2),
          DataType.FLOAT64);
  private static final List<String> NAMES = List.of("b", "i", "s", "d", "f");

  private final RootAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingIsLeftBehind() {
    allocator.close();
  }

  private List<FieldVector> vectors(int rows, int nullPercent) {
    Random random = new Random(rows);
    BitVector bits = new BitVector("b", allocator);
    BigIntVector numbers = new BigIntVector("i", allocator);
    VarCharVector texts = new VarCharVector("s", allocator);
    DecimalVector decimals = new DecimalVector("d", allocator, 38, 2);
    Float8Vector floats = new Float8Vector("f", allocator);
    List<FieldVector> vectors = List.of(bits, numbers, texts, decimals, floats);
    vectors.forEach(FieldVector::allocateNew);
    for (int row = 0; row < rows; row++) {
      if (random.nextInt(100) >= nullPercent) {
        bits.setSafe(row, random.nextInt(2));
      }
      if (random.nextInt(100) >= nullPercent) {
        numbers.setSafe(row, random.nextLong() >> random.nextInt(64));
      }
      if (random.nextInt(100) >= nullPercent) {
        byte[] text = new byte[random.nextInt(9)];
        random.nextBytes(text);
        texts.setSafe(row, text);
      }
      if (random.nextInt(100) >= nullPercent) {
        BigInteger digits = new BigInteger(random.nextInt(120), random);
        decimals.setSafe(row, new BigDecimal(random.nextBoolean() ? digits : digits.negate(), 2));
      }
      if (random.nextInt(100) >= nullPercent) {
        floats.setSafe(row, random.nextDouble());
      }
    }
    vectors.forEach(vector -> vector.setValueCount(rows));
    return vectors;
  }

  private static List<List<Object>> rows(List<FieldVector> vectors) {
    List<List<Object>> rows = new ArrayList<>();
    VarCharVector texts = (VarCharVector) vectors.get(2);
    for (int row = 0; row < texts.getValueCount(); row++) {
      byte[] text = texts.get(row);
      rows.add(
          Arrays.asList(
              vectors.get(0).getObject(row),
              vectors.get(1).getObject(row),
              text == null ? null : Arrays.toString(text),
              vectors.get(3).getObject(row),
              vectors.get(4).getObject(row)));
    }
    return rows;
  }

  private static byte[] sent(List<BatchFrame> frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SerializerInstance serializer = new FrameSerializer().newInstance();
    SerializationStream out = serializer.serializeStream(bytes);
    for (BatchFrame frame : frames) {
      out.writeKey(3, null);
      out.writeValue(frame, null);
    }
    out.close();
    return bytes.toByteArray();
  }

  private static List<BatchFrame> received(byte[] bytes) {
    List<BatchFrame> frames = new ArrayList<>();
    for (Tuple2<Object, Object> record :
        CollectionConverters.asJava(
                new FrameSerializer()
                    .newInstance()
                    .deserializeStream(new ByteArrayInputStream(bytes))
                    .asKeyValueIterator()
                    .toSeq())
            .stream()
            .toList()) {
      frames.add((BatchFrame) record._2());
    }
    return frames;
  }

  /** Cuts at every kind of bit, so that bits are moved in each direction. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 255, 256, 257, 4099})
  void rowsComeBackAsTheyWere(int count) {
    for (int nullPercent : new int[] {0, 30, 100}) {
      List<FieldVector> vectors = vectors(count, nullPercent);
      FrameWriter writer = new FrameWriter(TYPES);
      List<BatchFrame> frames = new ArrayList<>();
      for (int from = 0, size = 1; from < count; from += size, size = size % 23 + 1) {
        frames.add(writer.write(vectors, from, Math.min(count, from + size)));
      }
      frames.add(writer.write(vectors, count, count));
      List<FieldVector> joined =
          new FrameReader(NAMES, TYPES, allocator).read(received(sent(frames)));
      assertThat(rows(joined)).isEqualTo(rows(vectors));
      joined.forEach(FieldVector::close);
      vectors.forEach(FieldVector::close);
    }
  }

  /** What is small travels small, and is told to Spark as large as it will be again. */
  @Test
  void integersTravelInTheFewestBytes() {
    int rows = 1000;
    DecimalVector prices = new DecimalVector("p", allocator, 12, 2);
    DateDayVector days = new DateDayVector("d", allocator);
    for (int row = 0; row < rows; row++) {
      prices.setSafe(row, BigDecimal.valueOf(row * 9999L, 2));
      days.setSafe(row, 8000 + row);
    }
    List<FieldVector> vectors = List.of(prices, days);
    vectors.forEach(vector -> vector.setValueCount(rows));
    BatchFrame frame =
        new FrameWriter(List.of(DataType.decimal(12, 2), DataType.DATE)).write(vectors, 0, rows);
    assertThat(frame.bytes()).hasSize(2 * 2 + rows * (4 + 2));
    assertThat(frame.unpackedBytes()).isEqualTo(rows * (16L + 4));
    vectors.forEach(FieldVector::close);
  }

  /** Only ranges that hold a null carry marks. */
  @Test
  void marksAreWrittenWhereThereAreNulls() {
    int rows = 400;
    List<FieldVector> vectors = vectors(rows, 0);
    int nulled = 250;
    vectors.get(1).setNull(nulled);
    long address = vectors.get(1).getValidityBufferAddress();
    for (int from = 0; from < rows; from += 7) {
      for (int to = from; to <= rows; to += 9) {
        assertThat(BitRanges.anyClear(address, from, to - from))
            .as("rows %d to %d", from, to)
            .isEqualTo(from <= nulled && nulled < to);
      }
    }
    vectors.forEach(FieldVector::close);
  }

  @Test
  void framesWithoutColumnsKeepTheirRows() {
    BatchFrame frame = new FrameWriter(List.of()).write(List.of(), 3, 10);
    assertThat(received(sent(List.of(frame, frame))))
        .extracting(BatchFrame::numRows)
        .containsExactly(7, 7);
  }

  @Test
  void nothingIsReadOfNothing() {
    assertThat(received(new byte[0])).isEmpty();
  }

  @Test
  void dataThatEndInsideAFrameAreAnError() {
    List<FieldVector> vectors = vectors(100, 10);
    byte[] bytes = sent(List.of(new FrameWriter(TYPES).write(vectors, 0, 100)));
    vectors.forEach(FieldVector::close);
    for (int size : new int[] {1, 7, 8, 15, 16, bytes.length - 1}) {
      assertThatThrownBy(() -> received(Arrays.copyOf(bytes, size)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("shuffle data end inside a batch");
    }
  }
}
