// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.spark.conf.DeviceDecoding;
import java.io.Serializable;

/**
 * Says how a scan reads. Travels to the executors.
 *
 * @param batchRows most rows of a batch, 1 or more; a batch never spans row groups
 * @param deviceDecoding whether pages are decoded on the device where it can
 * @param deviceDecompression whether pages that it decodes are decompressed there where it can
 */
public record ScanSettings(
    int batchRows, DeviceDecoding deviceDecoding, boolean deviceDecompression)
    implements Serializable {}
