// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.KronosOptions;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.vulkan.spirv.ShaderBuild;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Chooses the types that tests go through. */
public final class TestedTypes {
  private TestedTypes() {}

  /**
   * Returns all types, or the first of each storage where kernels are checked: these take minutes
   * to compile, and what they check is how values are reached, which is a matter of storage alone.
   */
  public static List<DataType> of(List<DataType> types) {
    if (KronosOptions.fromEnvironment().shaderBuild() == ShaderBuild.PLAIN) {
      return types;
    }
    return ofEachStorage(types);
  }

  /** Returns the first type of each storage, for what does not look at values. */
  public static List<DataType> ofEachStorage(List<DataType> types) {
    Set<Object> seen = new HashSet<>();
    return types.stream().filter(type -> seen.add(ArrowColumns.storage(type))).toList();
  }
}
