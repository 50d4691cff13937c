// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;

/**
 * Holds a translated pipeline and the names of what leaves it. Immutable.
 *
 * @param spec what the device runs
 * @param output the columns that leave it, with the nullability that they have on the device
 */
public record TranslatedPipeline(PipelineSpec spec, List<Attribute> output) {

  /** Copies the list. */
  public TranslatedPipeline {
    output = List.copyOf(output);
  }
}
