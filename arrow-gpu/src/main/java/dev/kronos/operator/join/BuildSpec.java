// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.DataType;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.List;
import java.util.Objects;

/**
 * Describes the side of a join that is complete before the other one streams. A table built for a
 * spec serves every join with an equal one, whatever its type.
 *
 * @param input filters and projections of the build side; the columns that leave it are the table's
 * @param keys what rows are found by; empty for joins without equality, which look at every pair
 */
public record BuildSpec(PipelineSpec input, List<BuildKey> keys) {

  /** Copies the list and checks that column references meet the columns they refer to. */
  public BuildSpec {
    Objects.requireNonNull(input, "input");
    keys = List.copyOf(keys);
    List<DataType> types = input.outputTypes();
    keys.forEach(key -> PipelineSpec.checkReferences(key.expression(), types));
  }
}
