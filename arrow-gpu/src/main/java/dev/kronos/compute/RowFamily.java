// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import java.util.List;

/**
 * Groups functions over rows of one class.
 *
 * @param title heading on the page
 * @param javaClass the class that has a method for each
 * @param functions its functions, in the order of the page
 */
record RowFamily(String title, String javaClass, List<ArrowFunction> functions) {

  FunctionCatalogue.Family family() {
    return new FunctionCatalogue.Family(title, functions.stream().map(this::entry).toList());
  }

  private FunctionCatalogue.Entry entry(ArrowFunction function) {
    String method = FunctionTable.camelCase(function.name().replace("bit_wise_", ""));
    return new FunctionCatalogue.Entry(
        function.name(), javaClass + "." + method, function.types().kinds());
  }
}
