// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import java.util.ArrayList;
import java.util.List;

/** Lists functions of strings that are made of parameters. */
final class TextCases {
  private TextCases() {}

  static List<ParameterCase> all() {
    List<ParameterCase> cases = new ArrayList<>();
    patterns(cases);
    return cases;
  }

  private static void patterns(List<ParameterCase> cases) {
    for (String pattern : List.of("", "%", "_", "a%", "%b%", "_b_")) {
      cases.add(
          new ParameterCase(
              pattern,
              Functions.matchLike(pattern),
              (t, v) ->
                  OracleText.like(OracleText.characters(OracleText.bytes(v.get(0))), pattern)));
    }
    for (int[] slice : new int[][] {{0, 0}, {0, 3}, {2, Integer.MAX_VALUE}, {7, 1}}) {
      cases.add(
          new ParameterCase(
              slice[0] + ", " + slice[1],
              Functions.utf8Slice(slice[0], slice[1]),
              (t, v) -> OracleText.slice(v.get(0), slice[0], slice[1])));
    }
    for (List<String> pair : List.of(List.of("a", ""), List.of("b", "äöü"), List.of("", "x"))) {
      cases.add(
          new ParameterCase(
              pair.toString(),
              Functions.replaceSubstring(pair.get(0), pair.get(1)),
              (t, v) -> OracleText.replaced(v.get(0), pair.get(0), pair.get(1))));
    }
    for (String separator : List.of("", "-é-")) {
      cases.add(
          new ParameterCase(
              separator,
              Functions.joinElementWise(separator),
              (t, v) ->
                  OracleText.text(
                      OracleText.bytes(v.get(0))
                          + OracleText.encoded(separator)
                          + OracleText.bytes(v.get(1)))));
    }
  }
}
