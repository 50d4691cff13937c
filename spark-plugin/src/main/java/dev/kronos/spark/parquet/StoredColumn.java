// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.parquet;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Nullability;
import dev.kronos.operator.parquet.PhysicalType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;

/**
 * Is a column of a file that the device decodes. Immutable.
 *
 * @param descriptor the column in the file
 * @param layout what it becomes
 * @param physical how its values are stored
 */
public record StoredColumn(
    ColumnDescriptor descriptor, ColumnLayout layout, PhysicalType physical) {
  // BIT_PACKED is what writers name for levels that a column does not have; older writers name the
  // dictionary's encoding otherwise. Both names are deprecated, and in files.
  @SuppressWarnings("deprecation")
  private static final Set<Encoding> DECODED =
      EnumSet.of(
          Encoding.PLAIN,
          Encoding.PLAIN_DICTIONARY,
          Encoding.RLE_DICTIONARY,
          Encoding.RLE,
          Encoding.BIT_PACKED);

  /**
   * Looks at a column, or finds out that it is Spark's to decode.
   *
   * @param descriptor the column in the file
   * @param wanted layout of the column that is asked for
   */
  public static Optional<StoredColumn> of(ColumnDescriptor descriptor, ColumnLayout wanted) {
    if (descriptor.getMaxRepetitionLevel() > 0 || descriptor.getMaxDefinitionLevel() > 1) {
      return Optional.empty();
    }
    ColumnLayout layout =
        new ColumnLayout(wanted.type(), wanted.storage(), wanted.validity(), Nullability.NULLABLE);
    return StoredTypes.of(descriptor.getPrimitiveType(), wanted.type())
        .map(physical -> new StoredColumn(descriptor, layout, physical));
  }

  /** Returns the column's part of a row group. */
  ColumnChunkMetaData chunk(BlockMetaData rowGroup) {
    ColumnPath path = ColumnPath.get(descriptor.getPath());
    return rowGroup.getColumns().stream()
        .filter(chunk -> chunk.getPath().equals(path))
        .findFirst()
        .orElseThrow(
            () ->
                new KronosException.InvalidArgument(
                    KronosException.message("row group lacks a column", "column", path)));
  }

  /** Returns an encoding of a row group that the device does not decode, if there is one. */
  Optional<Encoding> otherEncoding(BlockMetaData rowGroup) {
    return chunk(rowGroup).getEncodings().stream()
        .filter(encoding -> !DECODED.contains(encoding))
        .findFirst();
  }
}
