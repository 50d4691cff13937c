// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes answers to JSON and reads them back without loss, so that two processes can be compared.
 *
 * <p>A cell is its text, a null cell a JSON null: numbers of JSON would lose decimals and NaN.
 */
public final class AnswerFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, Function<String, Object>> READERS =
      Map.ofEntries(
          Map.entry("boolean", Boolean::valueOf),
          Map.entry("tinyint", Byte::valueOf),
          Map.entry("smallint", Short::valueOf),
          Map.entry("int", Integer::valueOf),
          Map.entry("bigint", Long::valueOf),
          Map.entry("float", Float::valueOf),
          Map.entry("double", Double::valueOf),
          Map.entry("binary", HexFormat.of()::parseHex),
          Map.entry("string", text -> text),
          Map.entry("date", Date::valueOf),
          Map.entry("timestamp", Timestamp::valueOf),
          Map.entry("timestamp_ntz", LocalDateTime::parse));

  private AnswerFile() {}

  /** Returns {@code answer} as a JSON object with its schema and its rows. */
  public static ObjectNode toJson(Answer answer) {
    ObjectNode node = JSON.createObjectNode();
    node.put("schema", answer.schema().json());
    ArrayNode rows = node.putArray("rows");
    for (List<Object> row : answer.rows()) {
      ArrayNode cells = rows.addArray();
      row.forEach(value -> cells.add(value == null ? null : text(value)));
    }
    return node;
  }

  /** Reads what {@link #toJson} wrote. */
  public static Answer fromJson(JsonNode node) {
    StructType schema = (StructType) DataType.fromJson(node.get("schema").asText());
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode cells : node.get("rows")) {
      List<Object> row = new ArrayList<>();
      for (int i = 0; i < schema.length(); i++) {
        JsonNode cell = cells.get(i);
        row.add(cell.isNull() ? null : read(schema.fields()[i].dataType(), cell.asText()));
      }
      rows.add(row);
    }
    return new Answer(schema, rows);
  }

  /**
   * Returns the SHA-256 of an answer's canonical text, in hexadecimal: a line of names and types,
   * then a line for each row, in their order, with its cells as {@link #toJson} writes them. Unlike
   * {@link AnswerComparator} it tells floating-point cells apart that are nearly equal.
   */
  public static String sha256(Answer answer) {
    ArrayNode columns = JSON.createArrayNode();
    for (StructField field : answer.schema().fields()) {
      columns.add(field.name() + " " + field.dataType().simpleString());
    }
    StringBuilder text = new StringBuilder().append(columns).append('\n');
    toJson(answer).get("rows").forEach(row -> text.append(row).append('\n'));
    return HexFormat.of().formatHex(sha256(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static Object read(DataType type, String text) {
    if (type instanceof DecimalType decimal) {
      return new BigDecimal(text).setScale(decimal.scale());
    }
    Function<String, Object> reader = READERS.get(type.simpleString());
    if (reader == null) {
      throw new IllegalArgumentException("Type has no text form: type=" + type.simpleString());
    }
    return reader.apply(text);
  }
}
