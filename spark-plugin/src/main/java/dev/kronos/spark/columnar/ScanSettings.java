// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.operator.parquet.DeviceDecompression;
import dev.kronos.spark.conf.DeviceDecoding;
import java.io.Serializable;

/**
 * Says how a scan reads. Travels to the executors.
 *
 * @param batchRows most rows of a batch, 1 or more; a batch never spans row groups
 * @param deviceDecoding whether pages are decoded on the device where it can
 * @param deviceDecompression which of the pages that it decodes are decompressed there
 */
public record ScanSettings(
    int batchRows, DeviceDecoding deviceDecoding, DeviceDecompression deviceDecompression)
    implements Serializable {}
